import type { Random } from "../kit/random.ts";
import { bestFirst, type Chooser } from "./rank.ts";

/**
 * Gives each place, with chance `share`, to the favorite of one network of the ensemble, drawn evenly:
 * Thompson sampling with an ensemble for the posterior (Lu and Van Roy, 2017). Where the networks agree,
 * that is the card that would be there anyway, so exploration costs more the more is unknown, and nothing
 * with a single network.
 *
 * @param mean their mean log-odds [n].
 * @param members the log-odds of each network, [networks][n].
 */
export function thompsonChooser(
  mean: Float32Array,
  members: readonly Float32Array[],
  { share, random }: { share: number; random: Random },
): Chooser {
  if (share === 0 || members.length < 2) return bestFirst(mean);
  return {
    rankings: [mean, ...members],
    choose(shelf) {
      const usual = shelf.best(mean);
      if (usual < 0) return undefined;
      const favorites = members.map((values) => shelf.best(values));
      const isExploring = random.next() < share;
      const index = isExploring ? favorites[random.integer(members.length)]! : usual;
      const votes = favorites.filter((favorite) => favorite === index).length / members.length;
      return { index, propensity: (index === usual ? 1 - share : 0) + share * votes };
    },
  };
}
