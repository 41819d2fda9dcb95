import { effectiveShare, FIRST_EXPERIMENT_INTERACTIONS } from "../events/experiment.ts";
import { createRandom } from "../kit/random.ts";
import type { Network } from "../network/network.ts";
import { thompsonChooser } from "./exploration.ts";
import { baselineValues, plainList, teamDraft } from "./interleaving.ts";
import { bestFirst, type Chooser, type ShelfRules } from "./rank.ts";
import type { REQUEST_DEFAULTS, ShelfRequest } from "./shelfRequest.ts";
import type { StrategySources } from "./strategies.ts";

/** All that a shelf is made from. */
export interface ShelfSources extends StrategySources {
  /** Their mean scores count. */
  networks: readonly Network[];
  /** What the shop wants of this shelf. */
  shopRules?: ShelfRules | undefined;
  /** Who fills the places of a shelf that is not ordered already; absent: the network, best first. */
  chooseSlatePolicy?: ChooseSlatePolicy;
  /** For all chance in the shelf, and its id. */
  seed?: number;
  /** Share of "for you" shelves that baseline and network share, 0 to 0.5; 0: the network is not doubted. */
  experimentShare?: number;
}

/** A request whose defaults are filled in. */
export type FullRequest = typeof REQUEST_DEFAULTS & ShelfRequest & { at: number };

/** The candidates of a shelf, [n], as the networks in use score them. */
interface Scored {
  rows: readonly number[];
  logOdds: Float32Array;
  logOddsBy(networks: readonly Network[]): Float32Array;
}

export interface SlatePolicy {
  chooser: Chooser;
  /** The network and the baseline take turns. */
  isInterleaved: boolean;
}

export type ChooseSlatePolicy = typeof chooseSlatePolicy;

/** Who fills the places of a shelf that the network ranks; chance from `sources.seed` only. */
export function chooseSlatePolicy(
  sources: ShelfSources,
  request: FullRequest,
  scored: Scored,
): SlatePolicy {
  const { history, networks, pack, seed = 1 } = sources;
  const { exploration, reroll, at } = request;
  const { rows, logOdds, logOddsBy } = scored;
  const random = createRandom(seed);
  const baseline = () => baselineValues(rows, history, pack);
  const alone = (chooser: Chooser) => ({ chooser, isInterleaved: false });
  if (isOnTrial(sources, request)) {
    const experimentStatus = history.experiment.statusAt(at);
    const share = request.experiment ?? sources.experimentShare!;
    if (random.next() < effectiveShare(experimentStatus, share))
      return { chooser: teamDraft(logOdds, baseline(), random), isInterleaved: true };
    if (experimentStatus.inUse === "baseline") return alone(plainList(baseline()));
  }
  if (reroll !== 0)
    return alone(bestFirst(logOdds.map((own, index) => own + lift(reroll, rows[index]!))));
  const members = exploration === 0 ? [] : networks.map((network) => logOddsBy([network]));
  return alone(thompsonChooser(logOdds, members, { share: exploration, random }));
}

/** Only what is meant to be the best for this shopper is compared with what is good for all. */
function isOnTrial(
  { experimentShare = 0, history }: ShelfSources,
  { strategy, among, personalization, reroll }: FullRequest,
): boolean {
  if (experimentShare === 0 || history.interactions < FIRST_EXPERIMENT_INTERACTIONS) return false;
  return strategy === "for-you" && among === undefined && personalization === 1 && reroll === 0;
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
