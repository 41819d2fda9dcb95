import { createHistory, LONG_DWELL_MS } from "../events/foldHistory.ts";
import type { ShopEvent } from "../events/shopEvent.ts";
import { itemsOf } from "../events/shopEvent.ts";
import type { Random } from "../kit/random.ts";
import { NEGATIVES_WEIGHT } from "../network/calibration.ts";
import { INPUTS, OUTCOMES, type Outcome } from "../network/network.ts";
import { candidatesOf } from "../ranking/candidates.ts";
import { writeInputs } from "../ranking/features.ts";
import { isAllowed } from "../ranking/rank.ts";
import { type ShopperContext, shopperContextOf } from "../ranking/shopperContext.ts";
import type { Catalog } from "../shop/catalog.ts";
import type { ItemPack } from "../shop/itemPack.ts";

/** A network's training data: `size` examples in chronological order. */
export interface ExampleSet {
  size: number;
  /** [size × 4] */
  inputs: Float32Array;
  /** Index into `OUTCOMES` per example. */
  outcomes: Uint8Array;
  /** Weight of each example in the loss; mean 1. */
  weights: Float32Array;
}

export interface ExampleOptions {
  /** Ignored products drawn for every interaction; default: see `negativesFor`. */
  negatives: number | undefined;
  /** At most this many of the latest interactions become examples. */
  maxInteractions: number;
  /** The weight of an example halves with this age, counted from `now`. */
  halfLifeMs: number;
  /** Milliseconds since 1970; by default the time of the last event. */
  now: number | undefined;
}

const DEFAULT_EXAMPLE_OPTIONS: ExampleOptions = {
  negatives: undefined,
  maxInteractions: 2000,
  halfLifeMs: 180 * 86_400_000,
  now: undefined,
};

/** Fewer or more than these skew the ranking, or teach nothing new. */
const MIN_NEGATIVES = 4;
const MAX_NEGATIVES = 16;
/** From about so many examples on, more negatives only take more time (bench/ABLATION.md). */
const ENOUGH_EXAMPLES = 8000;

/** The ignored products drawn for each of so many interactions: fewer for a long history. */
export function negativesFor(interactions: number): number {
  const affordable = Math.floor(ENOUGH_EXAMPLES / Math.max(1, interactions));
  return Math.min(MAX_NEGATIVES, Math.max(MIN_NEGATIVES, affordable));
}

/** The sources of examples. */
export interface ExampleSources {
  catalog: Catalog;
  pack: ItemPack;
  popularRows: Uint32Array;
  random: Random;
}

/** Replays a shopper's events; see `createReplay`. */
export function collectExamples(
  events: readonly ShopEvent[],
  sources: ExampleSources,
  options: Partial<ExampleOptions> = {},
): ExampleSet {
  const replay = createReplay(events, sources, options);
  for (const event of events) replay.apply(event);
  return replay.finish();
}

/** Replays events one by one, so that the caller can pause in between. */
export interface Replay {
  /** Call it with each event, in order. */
  apply(event: ShopEvent): void;
  finish(): ExampleSet;
}

/**
 * For each interaction with a product, records the product's inputs from just before (as a shelf would
 * have seen them) with the outcome, and adds products that the shopper passed over: first those recently
 * shown and ignored, the rest drawn uniformly from the candidates of a shelf. A product that no shelf
 * would have shown was not passed over, such as an earlier line of the same order. (Drawing only hard or
 * only random negatives skews the ranking badly.)
 * @param events all events that will be applied; only their latest interactions count.
 */
export function createReplay(
  events: readonly ShopEvent[],
  sources: ExampleSources,
  options: Partial<ExampleOptions> = {},
): Replay {
  const { catalog } = sources;
  const given = { ...DEFAULT_EXAMPLE_OPTIONS, ...options };
  const until = given.now ?? events.at(-1)?.at ?? 0;
  const history = createHistory(catalog);
  const shown = new Set<number>();
  const interactions = countInteractions(events, catalog);
  let skipped = Math.max(0, interactions - given.maxInteractions);
  const negatives = given.negatives ?? negativesFor(interactions - skipped);
  const collector = createCollector((interactions - skipped) * (1 + negatives));

  /** Whether there is anything to learn from: before the first product three inputs are zero. */
  function isExample(): boolean {
    return skipped-- <= 0 && history.recent.length > 0;
  }

  function addExamples(row: number, outcome: Outcome, at: number): void {
    const context = shopperContextOf(history, { ...sources, at });
    const isServed = (other: number) => isAllowed(other, { catalog, history, at });
    const count = negatives;
    const passedOver = drawNegatives(context, row, { ...sources, shown, count, isServed });
    const weight = 2 ** (-Math.max(0, until - at) / given.halfLifeMs);
    collector.add(context, { row, outcome, weight });
    const each = (weight * NEGATIVES_WEIGHT) / passedOver.length;
    for (const other of passedOver) {
      collector.add(context, { row: other, outcome: "ignore", weight: each });
    }
  }

  return {
    apply(event) {
      const outcome = outcomeOf(event);
      for (const row of rowsOf(event, catalog)) {
        if (event.type === "impression") shown.add(row);
        if (outcome === undefined) continue;
        if (isExample()) addExamples(row, outcome, event.at);
        shown.clear();
      }
      history.apply(event);
    },
    finish: collector.finish,
  };
}

function rowsOf(event: ShopEvent, catalog: Catalog): number[] {
  return itemsOf(event).flatMap(({ productId }) => catalog.rowOf(productId) ?? []);
}

/** The shopper's action on an event's products; undefined if it is not an interaction. */
export function outcomeOf(event: ShopEvent): Outcome | undefined {
  switch (event.type) {
    case "view":
      return "view";
    case "dwell":
      return event.dwellMs >= LONG_DWELL_MS ? "consider" : undefined;
    case "wishlist":
      return event.saved ? "consider" : undefined;
    case "add_to_cart":
      return "cart";
    case "purchase":
      return "buy";
    case "not_for_me":
      return event.hidden ? "ignore" : undefined;
    default:
      return undefined;
  }
}

function countInteractions(events: readonly ShopEvent[], catalog: Catalog): number {
  let interactions = 0;
  for (const event of events) {
    if (outcomeOf(event) !== undefined) interactions += rowsOf(event, catalog).length;
  }
  return interactions;
}

function drawNegatives(
  context: ShopperContext,
  positive: number,
  draw: {
    shown: ReadonlySet<number>;
    popularRows: Uint32Array;
    isServed: (row: number) => boolean;
    random: Random;
    count: number;
  },
): number[] {
  // A list: a search through so few is faster than a set.
  const chosen: number[] = [];
  const current = context.history.recent[0]?.row;
  const take = (row: number) => {
    if (row !== positive && row !== current && !chosen.includes(row)) chosen.push(row);
  };
  for (const row of draw.shown) if (chosen.length < draw.count / 2) take(row);
  const candidates = candidatesOf(context, draw.popularRows);
  const max = Math.min(draw.count, candidates.length - 2);
  for (let tries = 0; chosen.length < max && tries < 4 * draw.count; tries++) {
    const row = candidates[draw.random.integer(candidates.length)]!;
    if (draw.isServed(row)) take(row);
  }
  return chosen;
}

interface Example {
  row: number;
  outcome: Outcome;
  weight: number;
}

/** @param capacity the most examples that will be added. */
function createCollector(capacity: number) {
  const inputs = new Float32Array(capacity * INPUTS);
  const outcomes = new Uint8Array(capacity);
  const weights = new Float32Array(capacity);
  let size = 0;
  return {
    add(context: ShopperContext, { row, outcome, weight }: Example): void {
      writeInputs(context, row, inputs, size * INPUTS);
      outcomes[size] = OUTCOMES.indexOf(outcome);
      weights[size] = weight;
      size++;
    },
    finish: (): ExampleSet => ({
      size,
      inputs: inputs.slice(0, size * INPUTS),
      outcomes: outcomes.slice(0, size),
      weights: withMeanOne(weights.subarray(0, size)),
    }),
  };
}

function withMeanOne(weights: Float32Array): Float32Array {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => (weight * weights.length) / total);
}

/** Joins example sets, keeping their order. */
export function joinExamples(sets: readonly ExampleSet[]): ExampleSet {
  const size = sets.reduce((sum, set) => sum + set.size, 0);
  const joined: ExampleSet = {
    size,
    inputs: new Float32Array(size * INPUTS),
    outcomes: new Uint8Array(size),
    weights: new Float32Array(size),
  };
  let at = 0;
  for (const set of sets) {
    joined.inputs.set(set.inputs, at * INPUTS);
    joined.outcomes.set(set.outcomes, at);
    joined.weights.set(set.weights, at);
    at += set.size;
  }
  return joined;
}
