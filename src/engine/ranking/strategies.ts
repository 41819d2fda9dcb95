import {
  EMPTY_HISTORY,
  type HistoryView,
  type InputHistory,
  type RecentProduct,
  type ShopperHistory,
} from "../events/history.ts";
import type { Catalog } from "../shop/catalog.ts";
import type { ItemPack } from "../shop/itemPack.ts";
import { similarProducts } from "./candidates.ts";
import type { Reason } from "./reason.ts";
import type { Rebuy } from "./rebuy.ts";
import type { ShelfRequest, Strategy } from "./shelfRequest.ts";
import { type ShopperContext, shopperContextOf } from "./shopperContext.ts";

/** The inputs of a strategy. */
export interface StrategySources {
  catalog: Catalog;
  pack: ItemPack;
  popularRows: Uint32Array;
  history: ShopperHistory;
}

/** The context of the history that the shelf uses. */
export interface ShelfContext {
  context: ShopperContext;
  /** All products the shopper may visit next (`candidatesOf`), whatever this shelf chooses from. */
  candidates: Uint32Array;
}

/** A request for a shelf, with its products as rows. */
export interface ShelfQuery {
  request: ShelfRequest & { at: number };
  /** The product that the shelf starts from, if its strategy starts from one. */
  anchor: number | undefined;
}

/** Extra fields on the cards of some strategies. */
export interface ShelfExtras {
  /** On `buy-again`: when the shopper is likely to need it again. */
  rebuy?: Rebuy;
  /** On `recently-viewed`: the reason is the view, even if the card would rank high for another reason. */
  reason?: Reason;
}

/** How a shelf's products are chosen; the rest is the same for all strategies (`shelf.ts`). */
export interface StrategyRules {
  /** The product the shelf starts from. */
  anchor?: (sources: StrategySources, request: ShelfRequest) => number | undefined;
  /** Whether there are no cards without an anchor. */
  needsAnchor?: true;
  /** The history that the network uses; by default all of it. */
  history?: (sources: StrategySources, query: ShelfQuery) => HistoryView;
  /** Rows to choose from. */
  rows: (sources: StrategySources, query: ShelfQuery, now: ShelfContext) => Iterable<number>;
  /** Its products, if it starts from none, are returns and discoveries in the shopper's own proportion. */
  isMixed?: true;
  /** The rows are already in display order; the network only scores them. */
  isOrdered?: true;
  /** Extra fields for a card. */
  extras?: (sources: StrategySources, row: number) => ShelfExtras;
  /** Its name describes every product on it, so a shop can only pin matching products. */
  isStrict?: true;
}

/** The strategies of a typical first page; the others are loaded on demand. */
export const FIRST_STRATEGIES = {
  /** The best products for this shopper now. */
  "for-you": { rows: poolFor, isMixed: true },
  /** Products similar to the current one, ranked for this shopper; without one, the same as `for-you`. */
  related: { anchor: atHand, history: anchorFirst, rows: similarToAnchor, isMixed: true },
  /** The crowd's recent favorites, whatever the shopper's history; none without crowd data. */
  trending: { history: () => EMPTY_HISTORY, rows: favorites, isOrdered: true },
} satisfies Partial<Record<Strategy, StrategyRules>>;

export function poolFor(
  { catalog }: StrategySources,
  { request: { among } }: ShelfQuery,
  { candidates }: ShelfContext,
): Iterable<number> {
  return among === undefined ? candidates : rowsOf(catalog, among);
}

function favorites({ pack, popularRows }: StrategySources): Uint32Array {
  const [first] = popularRows;
  const isAnyPopular = first !== undefined && pack.popularity[first]! > 0;
  return isAnyPopular ? popularRows : popularRows.subarray(0, 0);
}

function rowsOf(catalog: Catalog, ids: readonly string[]): Set<number> {
  return new Set(ids.map((id) => catalog.rowOf(id)).filter((row) => row !== undefined));
}

export function atHand(
  { catalog }: StrategySources,
  { productId }: ShelfRequest,
): number | undefined {
  return productId === undefined ? undefined : catalog.rowOf(productId);
}

/** The weight of the current product: the same as one added to the cart. */
const ANCHOR_STRENGTH = 3;
const RECENT_BESIDE_ANCHOR = 2;

/** The current product as the newest visit, before the last few others. */
function anchorFirst({ history }: StrategySources, query: ShelfQuery): HistoryView {
  if (query.anchor === undefined) return history;
  return startingFrom(history, anchorVisit(query), RECENT_BESIDE_ANCHOR);
}

export function anchorAlone({ history }: StrategySources, query: ShelfQuery): HistoryView {
  return startingFrom(history, anchorVisit(query), 0);
}

function anchorVisit({ anchor, request }: ShelfQuery): RecentProduct {
  return { row: anchor!, step: 0, at: request.at, strength: ANCHOR_STRENGTH };
}

/** The history with a visit before its `count` newest products; without the visit's product, no visit. */
function startingFrom(history: HistoryView, visit: RecentProduct, count: number): HistoryView {
  const begun = (past: InputHistory, start: RecentProduct[]): InputHistory => {
    const others = past.recent.filter(({ row }) => row !== visit.row).slice(0, count);
    const recent = [...start, ...others].map((one, step) => ({ ...one, step }));
    return { recent, disliked: past.disliked, pastWith: (row) => past.pastWith(row) };
  };
  return {
    ...begun(history, [visit]),
    own: history.own,
    without: (source) => begun(history.without(source), source.row === visit.row ? [] : [visit]),
  };
}

function similarToAnchor(sources: StrategySources, query: ShelfQuery, now: ShelfContext) {
  if (query.anchor === undefined) return poolFor(sources, query, now);
  return similarProducts(shopperContextOf(anchorAlone(sources, query), now.context));
}
