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

/** The strategies beyond the first ones, loaded when a shelf asks for one. */
export const MORE_STRATEGIES: Record<
  Exclude<Strategy, keyof typeof FIRST_STRATEGIES>,
  StrategyRules
> = {
  /** Products similar to the last one viewed and not bought, ranked as if it were the only recent one. */
  "because-you-viewed": {
    anchor: lastViewed,
    needsAnchor: true,
    history: anchorAlone,
    rows: similarRows,
  },
  /** Products that the crowd visited together with the current one: one of a kind, none of its own kind. */
  "bought-together": {
    anchor: atHand,
    needsAnchor: true,
    history: anchorAlone,
    rows: companionRows,
    isOrdered: true,
  },
  /** Latest first. */
  "recently-viewed": { rows: recentRows, isOrdered: true, isStrict: true, extras: ownHistoryView },
  /** Products likely used up, judged by how long they usually last this shopper; due ones first. */
  "buy-again": { rows: dueRows, isOrdered: true, isStrict: true, extras: rebuyExtras },
  /** Discounted products, ranked for this shopper. */
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

/**
 * What the shop says completes the anchor, then the anchor's neighbors in the pack, strongest first: of
 * these one per category, none from its own.
 */
function* companionRows(sources: StrategySources, { anchor, request }: ShelfQuery) {
  const { catalog, pack } = sources;
  const taken = new Set([closestCategory(catalog, anchor!)]);
  for (const id of catalog.products[anchor!]!.companions ?? []) {
    const row = catalog.rowOf(id);
    if (row === undefined || row === anchor) continue;
    if (!isAllowed(row, { ...sources, at: request.at })) continue;
    taken.add(closestCategory(catalog, row));
    yield row;
  }
  for (let index = pack.starts[anchor!]!; index < pack.starts[anchor! + 1]!; index++) {
    const row = pack.neighbors[index]!;
    const category = closestCategory(catalog, row);
    if (taken.has(category) || !isAllowed(row, { ...sources, at: request.at })) continue;
    taken.add(category);
    yield row;
  }
}

/** Products the shopper viewed, latest first. */
function recentRows({ history }: StrategySources): number[] {
  const viewed = [...history.own].filter(([, product]) => wasViewed(product));
  viewed.sort(([, left], [, right]) => lastNumber(right) - lastNumber(left));
  return viewed.map(([row]) => row);
}

/** Products that were only saved, added to the cart or bought from a list do not count as viewed. */
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

/** Searches the whole catalog, because new products have no crowd data that would make them candidates. */
function newRows({ catalog: { addedAt } }: StrategySources, { request }: ShelfQuery): number[] {
  const rows: number[] = [];
  addedAt.forEach((added, row) => {
    if (request.at - added < NEW_MS) rows.push(row);
  });
  return rows;
}
