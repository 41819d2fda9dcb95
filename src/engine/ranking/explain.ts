import type { Team } from "../events/shopEvent.ts";
import { correctForNegativeSampling } from "../network/calibration.ts";
import {
  INPUT_NAMES,
  INPUTS,
  type InputName,
  type Network,
  OUTCOMES,
  OUTPUTS,
  type Outcome,
  predictMean,
  writeLogits,
} from "../network/network.ts";
import { crowdLogOdds, logOpinionPool } from "../network/opinionPool.ts";
import { logOddsOf, scoreOf, uncertainty } from "../network/score.ts";
import { CATEGORY_LEVELS } from "../shop/catalog.ts";
import { writeInputs } from "./features.ts";
import type { Pick } from "./rank.ts";
import { recencyWeights, type ShopperContext } from "./shopperContext.ts";

/** A product on a shelf, with why it is there. */
export interface Recommendation {
  productId: string;
  /** In (0, 1): the logistic function of the log-odds. It orders cards; for chances see `outcomes`. */
  score: number;
  /** Log-odds, value-weighted, of turning to it rather than passing it over: shelves are sorted by it. */
  logOdds: number;
  /** Standard deviation of the log-odds over the networks in use; 0 while there is one only. */
  uncertainty: number;
  /**
   * Chance, in (0, 1], that it came to this place, given the cards before it: 1 unless exploration or a
   * comparison left the place to chance. Belongs with its impression.
   */
  propensity: number;
  /** Whose choice it was, where the baseline had a say; see `interleaving.ts`. */
  team?: Team;
  /** The four inputs that were scored, each in [0, 1]. */
  inputs: Record<InputName, number>;
  /** What each input adds to the log-odds (Shapley values); they sum to `logOdds − averageLogOdds`. */
  contributions: Record<InputName, number>;
  /** The log-odds of this shopper's average candidate, from which the contributions are counted. */
  averageLogOdds: number;
  /** What the shopper is expected to do with it next, of all they may turn to: calibrated chances, sum 1. */
  outcomes: Record<Outcome, number>;
  reason: Reason;
}

/** The input that speaks most for the product, and what it rests on. */
export interface Reason {
  input: InputName;
  /** The product in the shopper's past that it rests on; absent for `popularity`. */
  because?: string;
  /** For `ownHistory`: how often the shopper turned to this very product, and bought it. */
  visits?: number;
  purchases?: number;
  /** The shop gave the card its place; the rest says how it suits the shopper. */
  pinned?: true;
}

const COALITIONS = 1 << INPUTS;

/** What picks are explained from; `average` holds the 4 mean inputs over the candidates. */
export interface ExplainSources {
  context: ShopperContext;
  networks: readonly Network[];
  average: Float32Array;
  /** How many products the shopper may turn to now (`candidatesOf`), for the chances. */
  candidates: number;
  /** The network's share in the ranking, 0 to 1; the crowd's log-odds had the rest. Default 1. */
  share?: number;
  /** Mean of the candidates' `crowdLogOdds`. */
  averageCrowd?: number;
}

/**
 * Explains picks from the very inputs and weights that ranked them: exact Shapley values over the
 * four inputs (Shapley, 1953; Lundberg and Lee, 2017), all 16 coalitions, where an absent input takes
 * the average of the shopper's own candidates. What the crowd had to say (`personalization.ts`) is the
 * popularity's part: Shapley values of a weighted sum are the weighted sums of Shapley values.
 */
export function explain(
  picks: readonly Pick[],
  { context, networks, average, candidates, share = 1, averageCrowd = 0 }: ExplainSources,
): Recommendation[] {
  const averageLogOdds = logOpinionPool(exactScore(networks, average)[0]!, averageCrowd, share);
  return picks.map(({ row, propensity, team, pinned }) => {
    const inputs = new Float32Array(INPUTS);
    writeInputs(context, row, inputs, 0);
    const popularity = crowdLogOdds(context.pack.popularity[row]!);
    const crowd = popularity - averageCrowd;
    const logOdds = logOpinionPool(exactScore(networks, inputs)[0]!, popularity, share);
    const values = shapleyValues(networks, inputs, average).map((value, index) =>
      logOpinionPool(value, INPUT_NAMES[index] === "popularity" ? crowd : 0, share),
    );
    const probabilities = correctForNegativeSampling(predictMean(networks, inputs), candidates);
    return {
      productId: context.catalog.products[row]!.id,
      score: scoreOf(logOdds),
      logOdds,
      uncertainty: uncertainty(networks, inputs)[0]!,
      propensity,
      ...(team && { team }),
      inputs: named(INPUT_NAMES, inputs),
      contributions: named(INPUT_NAMES, values),
      averageLogOdds,
      outcomes: named(OUTCOMES, probabilities),
      reason: {
        ...(team === "baseline"
          ? plainReason(context, row)
          : reasonOf(context, row, inputs, values)),
        ...(pinned && { pinned }),
      },
    };
  });
}

/** Mean of each input over the candidates, [n × 4] → [4]; zeros without candidates. */
export function averageInputs(inputs: Float32Array): Float32Array {
  const average = new Float32Array(INPUTS);
  for (let index = 0; index < inputs.length; index++) average[index % INPUTS]! += inputs[index]!;
  const count = Math.max(1, inputs.length / INPUTS);
  return average.map((sum) => sum / count);
}

/** `score` in double precision, [n × 4] → [n]: what an explanation adds up must sum exactly. */
export function exactScore(networks: readonly Network[], inputs: Float32Array): Float64Array {
  const logits = new Float64Array(OUTPUTS);
  return Float64Array.from({ length: inputs.length / INPUTS }, (_, row) => {
    let sum = 0;
    for (const network of networks) {
      writeLogits(network, inputs, row * INPUTS, logits);
      sum += logOddsOf(logits);
    }
    return sum / networks.length;
  });
}

/** φᵢ = Σ over coalitions S without i of |S|!(3−|S|)!/4! · (f(S ∪ i) − f(S)), f in log-odds. */
export function shapleyValues(
  networks: readonly Network[],
  inputs: Float32Array,
  average: Float32Array,
): number[] {
  const mixes = new Float32Array(COALITIONS * INPUTS);
  for (let index = 0; index < mixes.length; index++) {
    const [coalition, input] = [Math.floor(index / INPUTS), index % INPUTS];
    mixes[index] = coalition & (1 << input) ? inputs[input]! : average[input]!;
  }
  const values = exactScore(networks, mixes);
  return INPUT_NAMES.map((_, input) => {
    let sum = 0;
    for (let coalition = 0; coalition < COALITIONS; coalition++) {
      if (coalition & (1 << input)) continue;
      sum +=
        WEIGHT_BY_SIZE[bitsIn(coalition)]! *
        (values[coalition | (1 << input)]! - values[coalition]!);
    }
    return sum;
  });
}

/** |S|!(3−|S|)!/4! for |S| = 0 … 3. */
const WEIGHT_BY_SIZE = [1 / 4, 1 / 12, 1 / 12, 1 / 4];

function bitsIn(coalition: number): number {
  return (coalition & 1) + ((coalition >> 1) & 1) + ((coalition >> 2) & 1) + ((coalition >> 3) & 1);
}

/** Why the baseline chose it, which knows only the last turns and what is popular. */
function plainReason(context: ShopperContext, row: number): Reason {
  const isRecent = context.history.recent.some((visit) => visit.row === row);
  return (isRecent && evidence(context, row, "ownHistory")) || { input: "popularity" };
}

function reasonOf(
  context: ShopperContext,
  row: number,
  inputs: Float32Array,
  values: number[],
): Reason {
  const byWeight = INPUT_NAMES.map((name, index) => ({ name, index }))
    .filter(({ index }) => inputs[index]! > 0 && values[index] !== 0)
    .sort((left, right) => values[right.index]! - values[left.index]!);
  for (const { name } of byWeight) {
    const reason = evidence(context, row, name);
    if (reason) return reason;
  }
  return { input: "popularity" };
}

function evidence(context: ShopperContext, row: number, input: InputName): Reason | undefined {
  if (input === "popularity") return { input };
  if (input === "ownHistory") {
    const own = context.history.own.get(row);
    const because = context.catalog.products[row]!.id;
    return own && { input, because, visits: own.visits, purchases: own.purchases };
  }
  const pull = input === "coVisitation" ? crowdPull : likenessTo;
  const source = strongestSource(context, (from) => pull(context, from, row));
  return source === undefined
    ? undefined
    : { input, because: context.catalog.products[source]!.id };
}

/** The recent product that pulls most, weighed by how fresh it is; undefined when none pulls. */
function strongestSource(
  context: ShopperContext,
  pullOf: (from: number) => number,
): number | undefined {
  let strongest: number | undefined;
  let max = 0;
  for (const { row, weight } of recencyWeights(context.history, context.at)) {
    const pull = weight * pullOf(row);
    if (pull > max) [strongest, max] = [row, pull];
  }
  return strongest;
}

function crowdPull({ pack }: ShopperContext, from: number, to: number): number {
  for (let index = pack.starts[from]!; index < pack.starts[from + 1]!; index++) {
    if (pack.neighbors[index] === to) return pack.strengths[index]! ** 2;
  }
  return 0;
}

/** Shared category levels, deeper ones counting more, and the brand. A product is not its own reason. */
function likenessTo({ catalog }: ShopperContext, from: number, to: number): number {
  if (from === to) return 0;
  let likeness = catalog.brands[from]! >= 0 && catalog.brands[from] === catalog.brands[to] ? 1 : 0;
  for (let level = 0; level < CATEGORY_LEVELS; level++) {
    const category = catalog.categories[from * CATEGORY_LEVELS + level]!;
    if (category < 0 || category !== catalog.categories[to * CATEGORY_LEVELS + level]) break;
    likeness += 2 ** level;
  }
  return likeness;
}

function named<Name extends string>(names: readonly Name[], values: ArrayLike<number>) {
  return Object.fromEntries(names.map((name, index) => [name, values[index]!])) as Record<
    Name,
    number
  >;
}
