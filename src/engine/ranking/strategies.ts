import {
  EMPTY_HISTORY,
  type HistoryView,
  type RecentProduct,
  type ShopperHistory,
} from "../events/history.ts";
import type { Catalog } from "../shop/catalog.ts";
import type { ItemPack } from "../shop/itemPack.ts";
import { candidatesOf, similarProducts } from "./candidates.ts";
import type { Reason } from "./explain.ts";
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

/** A request for a shelf with the rows it names. */
export interface ShelfQuery {
  request: ShelfRequest & { at: number };
  /** The product that the shelf starts from, if its strategy starts from one. */
  anchor: number | undefined;
}

/** What cards of some strategies tell beside what all cards do. */
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
  rows: (sources: StrategySources, query: ShelfQuery, context: ShopperContext) => Iterable<number>;
  /** The rows come in the order to show; the network only says how they would fare. */
  isOrdered?: true;
  /** What its cards tell beside what all cards do. */
  extras?: (sources: StrategySources, row: number) => ShelfExtras;
  /** Its name says something about every product on it, so that a shop can pin only such ones. */
  isStrict?: true;
}

/** The strategies that a first visit starts with. */
export const FIRST_STRATEGIES = {
  /** What suits this shopper now. */
  "for-you": { rows: poolFor },
  /** Kin of the product at hand, as it suits this shopper; without one what suits them anyway. */
  related: { anchor: atHand, history: anchorFirst, rows: similarToAnchor },
  /** The crowd's recent favorites; looks at nobody's past. */
  trending: {
    history: () => EMPTY_HISTORY,
    rows: ({ popularRows }) => popularRows,
    isOrdered: true,
  },
} satisfies Partial<Record<Strategy, StrategyRules>>;

export function poolFor(
  { catalog, popularRows }: StrategySources,
  { request: { among } }: ShelfQuery,
  context: ShopperContext,
): Iterable<number> {
  return among === undefined ? candidatesOf(context, popularRows) : rowsOf(catalog, among);
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
  const others = history.recent.filter(({ row }) => row !== query.anchor);
  return withRecent(history, [anchorVisit(query), ...others.slice(0, RECENT_BESIDE_ANCHOR)]);
}

export function anchorAlone({ history }: StrategySources, query: ShelfQuery): HistoryView {
  return withRecent(history, [anchorVisit(query)]);
}

function anchorVisit({ anchor, request }: ShelfQuery): RecentProduct {
  return { row: anchor!, at: request.at, strength: ANCHOR_STRENGTH };
}

function withRecent(
  { own, interactions, orders }: HistoryView,
  recent: RecentProduct[],
): HistoryView {
  return { own, interactions, orders, recent };
}

function similarToAnchor(sources: StrategySources, query: ShelfQuery, context: ShopperContext) {
  if (query.anchor === undefined) return poolFor(sources, query, context);
  return similarProducts(shopperContextOf(anchorAlone(sources, query), context));
}
