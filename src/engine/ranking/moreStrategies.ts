import type { OwnProduct } from "../events/history.ts";
import { closestCategory, NEW_MS } from "../shop/catalog.ts";
import { similarProducts } from "./candidates.ts";
import { isAllowed } from "./rank.ts";
import { ownReason } from "./reason.ts";
import { rebuyOf, urgency } from "./rebuy.ts";
import type { ShelfRequest, Strategy } from "./shelfRequest.ts";
import {
  anchorAlone,
  atHand,
  type FIRST_STRATEGIES,
  poolFor,
  type ShelfContext,
  type ShelfExtras,
  type ShelfQuery,
  type StrategyRules,
  type StrategySources,
} from "./strategies.ts";

/** The strategies beside the first ones, loaded when a shelf asks for one. */
export const MORE_STRATEGIES: Record<
  Exclude<Strategy, keyof typeof FIRST_STRATEGIES>,
  StrategyRules
> = {
  /** Similar products to the last one looked at and not bought, seen as if it were all there was. */
  "because-you-viewed": {
    anchor: lastViewed,
    needsAnchor: true,
    history: anchorAlone,
    rows: similarRows,
  },
  /** What the crowd's shoppers went to along with the product at hand, one of a kind, not its like. */
  "bought-together": {
    anchor: atHand,
    needsAnchor: true,
    history: anchorAlone,
    rows: companionRows,
    isOrdered: true,
  },
  /** Latest first. */
  "recently-viewed": { rows: recentRows, isOrdered: true, isStrict: true, extras: ownHistoryView },
  /** Likely used up, going by how long it usually lasts this shopper: due first. */
  "buy-again": { rows: dueRows, isOrdered: true, isStrict: true, extras: rebuyExtras },
  /** Of what suits this shopper, the reduced. */
  "on-sale": { rows: saleRows, isStrict: true },
  /** Products younger than `NEW_MS`. */
  new: { rows: newRows, isStrict: true },
};

function lastViewed(
  { catalog, history }: StrategySources,
  { productId }: ShelfRequest,
): number | undefined {
  const other = history.recent.find(({ row }) => {
    const isAtHand = catalog.products[row]!.id === productId;
    const own = history.own.get(row)!;
    return !isAtHand && wasViewed(own) && own.acts.purchases === 0;
  });
  return other?.row;
}

function similarRows(
  _sources: StrategySources,
  _query: ShelfQuery,
  { context }: ShelfContext,
): readonly number[] {
  return similarProducts(context);
}

/** The anchor's neighbors in the pack, strongest first, one a category and none of its own. */
function* companionRows(sources: StrategySources, { anchor, request }: ShelfQuery) {
  const { catalog, pack } = sources;
  const taken = new Set([closestCategory(catalog, anchor!)]);
  for (let index = pack.starts[anchor!]!; index < pack.starts[anchor! + 1]!; index++) {
    const row = pack.neighbors[index]!;
    const category = closestCategory(catalog, row);
    if (taken.has(category) || !isAllowed(row, { ...sources, at: request.at })) continue;
    taken.add(category);
    yield row;
  }
}

/** Products the shopper looked at, latest first. */
function recentRows({ history }: StrategySources): number[] {
  const viewed = [...history.own].filter(([, product]) => wasViewed(product));
  viewed.sort(([, left], [, right]) => lastNumber(right) - lastNumber(left));
  return viewed.map(([row]) => row);
}

/** Not of what was only saved, put into the cart or bought from a list. */
function wasViewed({ acts }: OwnProduct): boolean {
  return acts.looks + acts.stays > 0;
}

function lastNumber({ interactions }: OwnProduct): number {
  return interactions.at(-1) ?? 0;
}

function dueRows({ catalog, history }: StrategySources, { request }: ShelfQuery): number[] {
  const due = [...history.own.keys()].flatMap((row) => {
    const rebuy = rebuyOf(history, catalog, row);
    return rebuy === undefined ? [] : [{ row, urgency: urgency(rebuy, request.at) }];
  });
  return due.sort((left, right) => right.urgency - left.urgency).map(({ row }) => row);
}

function rebuyExtras({ catalog, history }: StrategySources, row: number): ShelfExtras {
  const rebuy = rebuyOf(history, catalog, row);
  return rebuy === undefined ? {} : { rebuy };
}

function ownHistoryView({ catalog, history }: StrategySources, row: number): ShelfExtras {
  const reason = ownReason({ catalog, history }, row);
  return reason === undefined ? {} : { reason };
}

function saleRows(sources: StrategySources, query: ShelfQuery, now: ShelfContext): number[] {
  const { products } = sources.catalog;
  return [...poolFor(sources, query, now)].filter(
    (row) => products[row]!.listPriceMinor !== undefined,
  );
}

/** From the whole catalog: what is new has no crowd to bring it among the candidates. */
function newRows({ catalog: { addedAt } }: StrategySources, { request }: ShelfQuery): number[] {
  const rows: number[] = [];
  addedAt.forEach((added, row) => {
    if (request.at - added < NEW_MS) rows.push(row);
  });
  return rows;
}
