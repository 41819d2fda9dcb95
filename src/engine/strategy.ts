import { candidatesOf, kinOf } from "./candidates.ts";
import { type Catalog, closestCategory } from "./catalog.ts";
import { createHistory, type ShopperHistory, type Visit } from "./history.ts";
import type { ItemPack } from "./itemPack.ts";
import type { Moment } from "./moment.ts";
import { isAllowed } from "./rank.ts";
import { rebuyOf, urgency } from "./rebuy.ts";
import type { ShelfRequest, Strategy } from "./shelfRequest.ts";

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

/** How a shelf's products are chosen; the rest is the same for all (`shelf.ts`). */
export interface StrategyRules {
  /** The product the shelf starts from. */
  anchor?: (sources: StrategySources, request: ShelfRequest) => number | undefined;
  /** Without an anchor there are no cards. */
  needsAnchor?: true;
  /** The past that the network looks at; by default all of it. */
  history?: (sources: StrategySources, query: ShelfQuery) => ShopperHistory;
  /** Rows to choose from. */
  rows: (sources: StrategySources, query: ShelfQuery, moment: Moment) => Iterable<number>;
  /** The rows come in the order to show; the network only says how they would fare. */
  isOrdered?: true;
  /** Its name says something about every product on it, so that a shop can pin only such ones. */
  isStrict?: true;
}

/** A product counts as new for so long after it joined the catalogue. */
export const NEW_MS = 30 * 86_400_000;

/** What every strategy does. */
export const STRATEGY_RULES: Record<Strategy, StrategyRules> = {
  /** What suits this shopper now. */
  "for-you": { rows: poolFor },
  /** Kin of the last product looked at and not bought, seen as if it were all there was. */
  "because-you-viewed": {
    anchor: lastViewed,
    needsAnchor: true,
    history: anchorAlone,
    rows: kinRows,
  },
  /** What suits this shopper while the product at hand is looked at. */
  related: { anchor: atHand, history: anchorFirst, rows: poolFor },
  /** What the crowd's shoppers went to along with the product at hand, one of a kind, not its like. */
  "bought-together": {
    anchor: atHand,
    needsAnchor: true,
    history: anchorAlone,
    rows: companionRows,
    isOrdered: true,
  },
  /** The crowd's recent favourites; looks at nobody's past. */
  trending: {
    history: ({ catalog }) => createHistory(catalog),
    rows: ({ popularRows }) => popularRows,
    isOrdered: true,
  },
  /** Latest first. */
  "recently-viewed": { rows: recentRows, isOrdered: true, isStrict: true },
  /** Used up by now, going by how long it usually lasts this shopper: due first. */
  "buy-again": { rows: dueRows, isOrdered: true, isStrict: true },
  /** Of what suits this shopper, the reduced. */
  "on-sale": { rows: saleRows, isStrict: true },
  /** Products younger than `NEW_MS`. */
  new: { rows: newRows, isStrict: true },
};

function poolFor(
  { catalog, popularRows }: StrategySources,
  { request: { among } }: ShelfQuery,
  moment: Moment,
): Iterable<number> {
  return among === undefined ? candidatesOf(moment, popularRows) : rowsOf(catalog, among);
}

function rowsOf(catalog: Catalog, ids: readonly string[]): Set<number> {
  return new Set(ids.map((id) => catalog.rowOf(id)).filter((row) => row !== undefined));
}

function atHand({ catalog }: StrategySources, { productId }: ShelfRequest): number | undefined {
  return productId === undefined ? undefined : catalog.rowOf(productId);
}

function lastViewed(
  { catalog, history }: StrategySources,
  { productId }: ShelfRequest,
): number | undefined {
  const other = history.recent.find(({ row }) => {
    const isAtHand = catalog.products[row]!.id === productId;
    return !isAtHand && history.own.get(row)!.purchases === 0;
  });
  return other?.row;
}

/** How much the product at hand weighs: as much as one put into the cart. */
const ANCHOR_STRENGTH = 3;
const RECENT_BESIDE_ANCHOR = 2;

/** The product at hand as the newest visit, before the last few others. */
function anchorFirst({ history }: StrategySources, query: ShelfQuery): ShopperHistory {
  if (query.anchor === undefined) return history;
  const others = history.recent.filter(({ row }) => row !== query.anchor);
  return withRecent(history, [anchorVisit(query), ...others.slice(0, RECENT_BESIDE_ANCHOR)]);
}

function anchorAlone({ history }: StrategySources, query: ShelfQuery): ShopperHistory {
  return withRecent(history, [anchorVisit(query)]);
}

function anchorVisit({ anchor, request }: ShelfQuery): Visit {
  return { row: anchor!, at: request.at, strength: ANCHOR_STRENGTH };
}

function withRecent(history: ShopperHistory, recent: Visit[]): ShopperHistory {
  return { ...history, interactions: history.interactions, recent };
}

function kinRows(_sources: StrategySources, _query: ShelfQuery, moment: Moment): Set<number> {
  return kinOf(moment);
}

/** The anchor's neighbours in the pack, strongest first, one a category and none of its own. */
function* companionRows({ catalog, pack, history }: StrategySources, { anchor }: ShelfQuery) {
  const taken = new Set([closestCategory(catalog, anchor!)]);
  for (let index = pack.starts[anchor!]!; index < pack.starts[anchor! + 1]!; index++) {
    const row = pack.neighbours[index]!;
    const category = closestCategory(catalog, row);
    if (taken.has(category) || !isAllowed(catalog, history, row)) continue;
    taken.add(category);
    yield row;
  }
}

/** Products the shopper turned to, latest first. */
function recentRows({ history }: StrategySources): number[] {
  const visited = [...history.own].filter(([, product]) => product.visits > 0);
  visited.sort(([, left], [, right]) => right.lastInteraction - left.lastInteraction);
  return visited.map(([row]) => row);
}

function dueRows({ catalog, history }: StrategySources, { request }: ShelfQuery): number[] {
  const due = [...history.own.keys()].flatMap((row) => {
    const rebuy = rebuyOf(history, catalog, row);
    return rebuy === undefined ? [] : [{ row, urgency: urgency(rebuy, request.at) }];
  });
  return due.sort((left, right) => right.urgency - left.urgency).map(({ row }) => row);
}

function saleRows(sources: StrategySources, query: ShelfQuery, moment: Moment): number[] {
  const { products } = sources.catalog;
  return [...poolFor(sources, query, moment)].filter(
    (row) => products[row]!.listPriceMinor !== undefined,
  );
}

/** From the whole catalogue: what is new has no crowd to bring it among the candidates. */
function newRows({ catalog: { addedAt } }: StrategySources, { request }: ShelfQuery): number[] {
  const rows: number[] = [];
  addedAt.forEach((added, row) => {
    if (request.at - added < NEW_MS) rows.push(row);
  });
  return rows;
}
