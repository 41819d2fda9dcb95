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
import { inputsOf } from "../ranking/features.ts";
import { makeShelf } from "../ranking/shelf.ts";
import type { ShelfRequest } from "../ranking/shelfRequest.ts";
import { shopperContextOf } from "../ranking/shopperContext.ts";
import type { ShelfSources } from "../ranking/slatePolicy.ts";
import type { StrategyRules } from "../ranking/strategies.ts";

/** Why a product is where it is, from the inputs and weights that rank it. */
export interface Why {
  card: Recommendation;
  /** Its place on the shelf asked for, from 1; undefined: not among the first 200. */
  place: number | undefined;
  /** The product's four inputs, and their mean over the products it was compared with. */
  inputs: Record<InputName, number>;
  averageInputs: Record<InputName, number>;
  /** What the shopper did that an input rests on, newest first. */
  events: Record<InputName, StoredEvent[]>;
  /** What would be otherwise, re-ranked; those that cost it most come first. */
  counterfactuals: Counterfactual[];
  /** What goes on inside each network in use for this product. */
  networks: Activations[];
}

export interface Counterfactual {
  /** The product without which the past is looked at. */
  productId: string;
  /** Events about it. */
  events: number;
  /** Place and log-odds without it; undefined: not among the first 200. */
  place: number | undefined;
  logOdds: number | undefined;
}

export interface Activations {
  /** Of the 10 hidden units, after the activation function. */
  hidden: number[];
  /** The five outcome probabilities as it learned them, against `NEGATIVES_WEIGHT` ignored products. */
  outputs: number[];
}

const MAX_PLACES = 200;
const MAX_EVENTS_NAMED = 20;

export interface WhySources extends ShelfSources {
  strategy: StrategyRules;
  /** What counts of the shopper's past, oldest first. */
  events: readonly StoredEvent[];
}

/** @throws {FieldError} for an unknown product. */
export function whyProduct(
  productId: string,
  request: Omit<ShelfRequest, "limit"> & { at: number },
  { events, ...sources }: WhySources,
): Why {
  const row = sources.catalog.rowOf(productId);
  if (row === undefined) throw new FieldError("productId", productId, "a product of the catalog");
  const { cards } = makeShelf(sources, { ...request, limit: MAX_PLACES }, sources.strategy);
  const card =
    cards.find((one) => one.productId === productId) ?? cardOf(productId, request, sources);
  const context = shopperContextOf(sources.history, { ...sources, at: request.at });
  const rows = cards.map((one) => sources.catalog.rowOf(one.productId)!);
  const inputs = inputsOf(context, [row]);
  return {
    card,
    place: placeOf(productId, cards),
    inputs: named(inputs),
    averageInputs: named(averageInputs(inputsOf(context, rows))),
    events: eventsBehind(productId, sources, events),
    counterfactuals: counterfactualsOf(productId, request, { ...sources, events }),
    networks: sources.networks.map((network) => activationsOf(network, inputs)),
  };
}

/** The card that the product would have, wherever it stands. @throws where no shelf may show it. */
function cardOf(
  productId: string,
  request: Omit<ShelfRequest, "limit"> & { at: number },
  sources: Omit<WhySources, "events">,
): Recommendation {
  const [card] = makeShelf(
    sources,
    { ...request, limit: 1, among: [productId] },
    sources.strategy,
  ).cards;
  if (card === undefined) {
    throw new FieldError("productId", productId, "a product that this shelf may show");
  }
  return card;
}

/** The past products that may be behind a card: what was turned to of late, and the product itself. */
function counterfactualsOf(
  productId: string,
  request: Omit<ShelfRequest, "limit"> & { at: number },
  { events, ...sources }: WhySources,
): Counterfactual[] {
  const { catalog, history } = sources;
  const recent = history.recent.map(({ row }) => catalog.products[row]!.id);
  const found = [...new Set([...recent, productId])].flatMap((without) => {
    const about = events.filter((event) => productIdsOf(event).includes(without));
    if (about.length === 0) return [];
    const history = createHistory(catalog);
    for (const event of events) {
      const left = withoutProducts(event, (id) => id === without);
      if (left) history.apply(left);
    }
    const { cards } = makeShelf(
      { ...sources, history },
      { ...request, limit: MAX_PLACES },
      sources.strategy,
    );
    const card = cards.find((one) => one.productId === productId);
    const place = placeOf(productId, cards);
    return [{ productId: without, events: about.length, place, logOdds: card?.logOdds }];
  });
  const worth = ({ logOdds = Number.NEGATIVE_INFINITY }: Counterfactual) => logOdds;
  return found.sort((left, right) => Math.sign(worth(left) - worth(right)) || 0);
}

function eventsBehind(
  productId: string,
  { catalog, history, pack }: ShelfSources,
  events: readonly StoredEvent[],
): Record<InputName, StoredEvent[]> {
  const row = catalog.rowOf(productId)!;
  const recent = history.recent.map((visit) => visit.row).filter((from) => from !== row);
  const pulls = (from: number) =>
    pack.neighbors.subarray(pack.starts[from], pack.starts[from + 1]).includes(row);
  const isLike = (from: number) =>
    catalog.products[from]!.categoryPath[0] === catalog.products[row]!.categoryPath[0] ||
    (catalog.brands[from] === catalog.brands[row] && catalog.brands[row]! >= 0);
  const about = (rows: number[]) => {
    const ids = new Set(rows.map((one) => catalog.products[one]!.id));
    return events
      .filter(({ type }) => type !== "impression")
      .filter((event) => productIdsOf(event).some((id) => ids.has(id)))
      .slice(-MAX_EVENTS_NAMED)
      .reverse();
  };
  return {
    coVisitation: about(recent.filter(pulls)),
    ownHistory: about([row]),
    contentFit: about(recent.filter(isLike)),
    popularity: [],
  };
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

function named(values: ArrayLike<number>): Record<InputName, number> {
  return Object.fromEntries(INPUT_NAMES.map((name, index) => [name, values[index]!])) as Record<
    InputName,
    number
  >;
}
