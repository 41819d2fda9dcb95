import { FIRST_COMPARED_TURNS, shareToCompare } from "../events/experiment.ts";
import { createRandom } from "../kit/random.ts";
import type { Network } from "../network/network.ts";
import { explored } from "./exploration.ts";
import { baselineValues, plainList, teamDraft } from "./interleaving.ts";
import { bestFirst, type Chooser } from "./rank.ts";
import type { ShelfSources } from "./shelf.ts";
import type { REQUEST_DEFAULTS, ShelfRequest } from "./shelfRequest.ts";

/** A request whose defaults are filled in. */
type FullRequest = typeof REQUEST_DEFAULTS & ShelfRequest & { at: number };

/** The candidates of a shelf, [n], as the networks in use score them. */
interface Scored {
  rows: readonly number[];
  logOdds: Float32Array;
  logOddsBy(networks: readonly Network[]): Float32Array;
}

export interface Drawn {
  chooser: Chooser;
  /** The network and the baseline take turns. */
  isCompared: boolean;
}

export type DrawChooser = typeof drawChooser;

/** Who fills the places of a shelf that the network ranks; chance from `sources.seed` only. */
export function drawChooser(sources: ShelfSources, request: FullRequest, scored: Scored): Drawn {
  const { history, networks, pack, seed = 1 } = sources;
  const { exploration, reroll, at } = request;
  const { rows, logOdds, logOddsBy } = scored;
  const random = createRandom(seed);
  const baseline = () => baselineValues(rows, history, pack);
  const alone = (chooser: Chooser) => ({ chooser, isCompared: false });
  if (isOnTrial(sources, request)) {
    const standing = history.evaluation.standingAt(at);
    if (random.next() < shareToCompare(standing, sources.comparedShare!))
      return { chooser: teamDraft(logOdds, baseline(), random), isCompared: true };
    if (standing.inUse === "baseline") return alone(plainList(baseline()));
  }
  if (reroll !== 0)
    return alone(bestFirst(logOdds.map((own, index) => own + lift(reroll, rows[index]!))));
  const members = exploration === 0 ? [] : networks.map((network) => logOddsBy([network]));
  return alone(explored(logOdds, members, { share: exploration, random }));
}

/** Only what is meant to be the best for this shopper is compared with what is good for all. */
function isOnTrial(
  { comparedShare = 0, history }: ShelfSources,
  { strategy, among, personalisation, reroll }: FullRequest,
): boolean {
  if (comparedShare === 0 || history.interactions < FIRST_COMPARED_TURNS) return false;
  return strategy === "for-you" && among === undefined && personalisation === 1 && reroll === 0;
}

/** Log-odds by which a re-roll may lift a card: close calls change places, clear ones do not. */
const REROLL_TEMPERATURE = 0.5;

/**
 * Gumbel noise, the same for a product in every roll of that number: the best of the noisy scores are a
 * sample without replacement from their softmax (Kool, van Hoof and Welling, 2019).
 */
function lift(roll: number, row: number): number {
  const { next } = createRandom(Math.imul(roll, 0x9e3779b1) ^ row);
  return -REROLL_TEMPERATURE * Math.log(-Math.log(next() || Number.MIN_VALUE));
}
