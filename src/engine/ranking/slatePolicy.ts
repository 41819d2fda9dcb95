import { effectiveShare, FIRST_EXPERIMENT_INTERACTIONS } from "../events/experiment.ts";
import { createRandom } from "../kit/random.ts";
import type { Network } from "../network/network.ts";
import { thompsonChooser } from "./exploration.ts";
import { baselineValues, plainList, teamDraft } from "./interleaving.ts";
import { bestFirst, type Chooser, type ShelfRules } from "./rank.ts";
import type { REQUEST_DEFAULTS, ShelfRequest } from "./shelfRequest.ts";
import type { StrategySources } from "./strategies.ts";

/** The inputs for making shelves. */
export interface ShelfSources extends StrategySources {
  /** The networks in use; cards are ranked by their mean score. */
  networks: readonly Network[];
  /** The shop's rules for this shelf. */
  shopRules?: ShelfRules | undefined;
  /** Chooses for the places of a shelf that is not in a fixed order; default: the network, best first. */
  chooseSlatePolicy?: ChooseSlatePolicy;
  /** Seed for all randomness in the shelf, and for its id. */
  seed?: number;
  /**
   * Share of "for you" shelves on which baseline and network are compared, 0 to 0.5; 0 turns the
   * experiment off.
   */
  experimentShare?: number;
}

/** A request with its defaults filled in. */
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

/** Chooses how to fill a shelf that the network ranks; all randomness comes from `sources.seed`. */
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
    if (random.next() < effectiveShare(experimentStatus, share)) {
      const isKnown = (index: number) => history.pastWith(rows[index]!) !== undefined;
      const draft = { network: logOdds, baseline: baseline(), isKnown, random };
      return { chooser: teamDraft(draft), isInterleaved: true };
    }
    if (experimentStatus.inUse === "baseline") return alone(plainList(baseline()));
  }
  if (reroll !== 0)
    return alone(bestFirst(logOdds.map((own, index) => own + lift(reroll, rows[index]!))));
  const members = exploration === 0 ? [] : networks.map((network) => logOddsBy([network]));
  return alone(thompsonChooser(logOdds, members, { share: exploration, random }));
}

/**
 * Only a shelf that is meant to be the best for this shopper is compared with one that is good for
 * everybody.
 */
function isOnTrial(
  { experimentShare = 0, history }: ShelfSources,
  { strategy, among, personalization, reroll }: FullRequest,
): boolean {
  if (experimentShare === 0 || history.interactions < FIRST_EXPERIMENT_INTERACTIONS) return false;
  return strategy === "for-you" && among === undefined && personalization === 1 && reroll === 0;
}

/** Scale, in log-odds, of a re-roll's noise: close cards change places, clear differences remain. */
const REROLL_TEMPERATURE = 0.5;

/**
 * Gumbel noise, fixed for each product and roll: the best of the noisy scores are a sample without
 * replacement from their softmax (Kool, van Hoof and Welling, 2019).
 */
function lift(roll: number, row: number): number {
  const { next } = createRandom(Math.imul(roll, 0x9e3779b1) ^ row);
  return -REROLL_TEMPERATURE * Math.log(-Math.log(next() || Number.MIN_VALUE));
}
