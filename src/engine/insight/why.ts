import { createHistory } from "../events/foldHistory.ts";
import { withoutProducts } from "../events/selection.ts";
import { productIdsOf, type StoredEvent } from "../events/shopEvent.ts";
import { FieldError } from "../kit/fields.ts";
import {
  HIDDEN,
  HIDDEN_BIAS,
  INPUT_NAMES,
  INPUTS,
  type InputName,
  type Network,
  predict,
} from "../network/network.ts";
import { averageInputs, type Recommendation } from "../ranking/explain.ts";
import { partsOf } from "../ranking/parts.ts";
import { makeShelf, type Shelf, shelfContextOf, shelfQueryOf } from "../ranking/shelf.ts";
import type { ShelfRequest } from "../ranking/shelfRequest.ts";
import type { ShelfSources } from "../ranking/slatePolicy.ts";
import type { StrategyRules } from "../ranking/strategies.ts";

/** Why a product has its place, from the inputs and weights that rank it. */
export interface Why {
  card: Recommendation;
  /** Its place on that shelf, from 1; undefined: not among the first 200. */
  place: number | undefined;
  /** The product's four inputs, and their mean over the shelf's cards. */
  inputs: Record<InputName, number>;
  averageInputs: Record<InputName, number>;
  /** The shopper's events behind each input, newest first. */
  events: Record<InputName, StoredEvent[]>;
  /** Counterfactuals, re-ranked; those that cost the most come first. */
  counterfactuals: Counterfactual[];
  /** The activations of each network in use for this product. */
  networks: Activations[];
}

export interface Counterfactual {
  /** The product that is left out of the history. */
  productId: string;
  /** The number of events about it. */
  events: number;
  /** Place and log-odds without it; undefined: not among the first 200. */
  place: number | undefined;
  logOdds: number | undefined;
}

export interface Activations {
  /** The 10 hidden units, after the activation function. */
  hidden: number[];
  /** The five outcome probabilities as it learned them, against `NEGATIVES_WEIGHT` ignored products. */
  outputs: number[];
}

const MAX_PLACES = 200;
const MAX_EVENTS_NAMED = 20;

export interface WhySources extends ShelfSources {
  strategy: StrategyRules;
  /** The shopper's events that count, oldest first. */
  events: readonly StoredEvent[];
}

type WhyRequest = Omit<ShelfRequest, "limit"> & { at: number };

/** @throws {FieldError} for an unknown product. */
export function whyProduct(productId: string, request: WhyRequest, sources: WhySources): Why {
  const row = sources.catalog.rowOf(productId);
  if (row === undefined) throw new FieldError("productId", productId, "a product of the catalog");
  const { cards } = shelfOf(request, sources);
  const card =
    cards.find((one) => one.productId === productId) ?? cardOf(productId, request, sources);
  const inputs = valuesOf(card.inputs);
  return {
    card,
    place: placeOf(productId, cards),
    inputs: card.inputs,
    averageInputs: named(averageInputs(valuesOf(...cards.map((one) => one.inputs)))),
    events: eventsBehind({ row, inputs }, request, sources),
    counterfactuals: counterfactualsOf(row, request, sources),
    networks: sources.networks.map((network) => activationsOf(network, inputs)),
  };
}

function shelfOf(request: WhyRequest, sources: WhySources): Shelf {
  return makeShelf(sources, { ...request, limit: MAX_PLACES }, sources.strategy);
}

/** The product's card, wherever it is ranked. @throws if no shelf may show it. */
function cardOf(productId: string, request: WhyRequest, sources: WhySources): Recommendation {
  const { cards } = shelfOf({ ...request, among: [productId] }, sources);
  const card = cards.find((one) => one.productId === productId);
  if (card === undefined) {
    throw new FieldError("productId", productId, "a product that this shelf may show");
  }
  return card;
}

/** The products that may be behind a card: the recent ones, and the product itself. */
function counterfactualsOf(
  row: number,
  request: WhyRequest,
  sources: WhySources,
): Counterfactual[] {
  const { catalog, history, events } = sources;
  const productId = catalog.products[row]!.id;
  const rows = new Set([...history.recent.map((visit) => visit.row), row]);
  const found = [...rows].flatMap((without) => {
    const isMeant = (id: string) => catalog.rowOf(id) === without;
    const about = events.filter((event) => productIdsOf(event).some(isMeant));
    if (about.length === 0) return [];
    const history = createHistory(catalog);
    for (const event of events) {
      const left = withoutProducts(event, isMeant);
      if (left) history.apply(left);
    }
    const { cards } = shelfOf(request, { ...sources, history });
    const card = cards.find((one) => one.productId === productId);
    const place = placeOf(productId, cards);
    const name = catalog.products[without]!.id;
    return [{ productId: name, events: about.length, place, logOdds: card?.logOdds }];
  });
  const worth = ({ logOdds = Number.NEGATIVE_INFINITY }: Counterfactual) => logOdds;
  return found.sort((left, right) => Math.sign(worth(left) - worth(right)) || 0);
}

/** The events about the products that raise an input. */
function eventsBehind(
  { row, inputs }: { row: number; inputs: Float32Array },
  request: WhyRequest,
  sources: WhySources,
): Record<InputName, StoredEvent[]> {
  const { catalog, strategy, events } = sources;
  const query = shelfQueryOf(sources, { ...request, limit: MAX_PLACES }, strategy);
  const { context } = shelfContextOf(sources, query, strategy);
  const parts = partsOf(context);
  const acts = events.filter(({ type }) => type !== "impression");
  const behind = (index: number) => {
    const feeding = parts
      .sourcesOf(row, index)
      .filter((source) => parts.inputsWithout(source, row)[index]! < inputs[index]!);
    const rows = new Set<number | undefined>(feeding.map((source) => source.row));
    const isAbout = (event: StoredEvent) =>
      productIdsOf(event).some((id) => rows.has(catalog.rowOf(id) ?? -1));
    return acts.filter(isAbout).slice(-MAX_EVENTS_NAMED).reverse();
  };
  return named(INPUT_NAMES.map((_, index) => behind(index)));
}

function activationsOf(network: Network, inputs: Float32Array): Activations {
  const { weights, activation } = network;
  const hidden = Array.from({ length: HIDDEN }, (_, unit) => {
    let sum = weights[HIDDEN_BIAS + unit]!;
    for (let input = 0; input < INPUTS; input++) {
      sum += inputs[input]! * weights[input * HIDDEN + unit]!;
    }
    return activation === "relu" ? Math.max(0, sum) : 1 / (1 + Math.exp(-sum));
  });
  return { hidden, outputs: [...predict(network, inputs)] };
}

function placeOf(productId: string, cards: readonly Recommendation[]): number | undefined {
  const index = cards.findIndex((card) => card.productId === productId);
  return index < 0 ? undefined : index + 1;
}

/** [n × 4] */
function valuesOf(...inputs: Record<InputName, number>[]): Float32Array {
  return Float32Array.from(inputs.flatMap((four) => INPUT_NAMES.map((name) => four[name])));
}

function named<Value>(values: ArrayLike<Value>): Record<InputName, Value> {
  return Object.fromEntries(INPUT_NAMES.map((name, index) => [name, values[index]!])) as Record<
    InputName,
    Value
  >;
}
