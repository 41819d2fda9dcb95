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

/** What a strategy chooses from. */
export interface StrategySources {
  catalog: Catalog;
  pack: ItemPack;
  popularRows: Uint32Array;
  history: ShopperHistory;
}

/** What the past that a shelf looks at amounts to. */
export interface ShelfContext {
  context: ShopperContext;
  /** What the shopper may turn to, whatever this shelf chooses from: `candidatesOf`. */
  candidates: Uint32Array;
}

/** A request for a shelf with the rows it names. */
export interface ShelfQuery {
  request: ShelfRequest & { at: number };
  /** The product that the shelf starts from, if its strategy starts from one. */
  anchor: number | undefined;
}

/** What cards of some strategies say beside what all cards do. */
export interface ShelfExtras {
  /** On `buy-again`: when the shopper is likely to need it again. */
  rebuy?: Rebuy;
  /** On `recently-viewed`: what its name says, also of a card that would rank high for another reason. */
  reason?: Reason;
}

/** How a shelf's products are chosen; the rest is the same for all (`shelf.ts`). */
export interface StrategyRules {
  /** The product the shelf starts from. */
  anchor?: (sources: StrategySources, request: ShelfRequest) => number | undefined;
  /** Without an anchor there are no cards. */
  needsAnchor?: true;
  /** The past that the network looks at; by default all of it. */
  history?: (sources: StrategySources, query: ShelfQuery) => HistoryView;
  /** Rows to choose from. */
  rows: (sources: StrategySources, query: ShelfQuery, now: ShelfContext) => Iterable<number>;
  /** The rows come in the order to show; the network only says how they would fare. */
  isOrdered?: true;
  /** What its cards say beside what all cards do. */
  extras?: (sources: StrategySources, row: number) => ShelfExtras;
  /** Its name says something about every product on it, so that a shop can pin only such ones. */
  isStrict?: true;
}

/** The strategies that a first visit starts with. */
export const FIRST_STRATEGIES = {
  /** What suits this shopper now. */
  "for-you": { rows: poolFor },
  /** Similar products to the one at hand, as they suit this shopper; without one what suits them anyway. */
  related: { anchor: atHand, history: anchorFirst, rows: similarToAnchor },
  /** The crowd's recent favorites; looks at nobody's past. Without a crowd there are none. */
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

/** How much the product at hand weighs: as much as one put into the cart. */
const ANCHOR_STRENGTH = 3;
const RECENT_BESIDE_ANCHOR = 2;

/** The product at hand as the newest visit, before the last few others. */
function anchorFirst({ history }: StrategySources, query: ShelfQuery): HistoryView {
  if (query.anchor === undefined) return history;
  return startingFrom(history, anchorVisit(query), RECENT_BESIDE_ANCHOR);
}

export function anchorAlone({ history }: StrategySources, query: ShelfQuery): HistoryView {
  return startingFrom(history, anchorVisit(query), 0);
}

function anchorVisit({ anchor, request }: ShelfQuery): RecentProduct {
  return { row: anchor!, at: request.at, strength: ANCHOR_STRENGTH };
}

/** The past with a visit in front of so many of the recent ones; without its product, without the visit. */
function startingFrom(history: HistoryView, visit: RecentProduct, count: number): HistoryView {
  const begun = (past: InputHistory, start: RecentProduct[]): InputHistory => {
    const others = past.recent.filter(({ row }) => row !== visit.row).slice(0, count);
    return { recent: [...start, ...others], pastWith: (row) => past.pastWith(row) };
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
