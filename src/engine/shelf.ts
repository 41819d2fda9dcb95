import { candidatesOf } from "./candidates.ts";
import type { Catalog } from "./catalog.ts";
import { averageInputs, explain, type Recommendation } from "./explain.ts";
import { inputsOf } from "./features.ts";
import { FieldError, integer, list, number, object, text } from "./fields.ts";
import { createHistory, type ShopperHistory } from "./history.ts";
import type { ItemPack } from "./itemPack.ts";
import { type Moment, momentOf } from "./moment.ts";
import type { Network } from "./network.ts";
import { isAllowed, type Pick, rank } from "./rank.ts";
import { score, uncertainty } from "./score.ts";

/** Ways of choosing the products of a shelf. */
export const STRATEGIES = ["for-you", "related", "trending", "recently-viewed"] as const;
export type Strategy = (typeof STRATEGIES)[number];

export interface ShelfRequest {
  strategy: Strategy;
  /** Cards wanted, 1 to 200. */
  limit: number;
  /** The product at hand: what `related` relates to, and never on the shelf itself. */
  productId?: string;
  /** Products that already stand elsewhere on the page. */
  exclude?: string[];
  /** Choose from these only, whatever the candidates (a department, search results). */
  among?: string[];
  /** Log-odds lost by a product as like an already chosen one as can be; 0 to 10, default 0.3. */
  diversity?: number;
  /** Log-odds gained per unit of `uncertainty`, to try what nobody knows yet; 0 to 10, default 0. */
  exploration?: number;
  /** The time to recommend for, in milliseconds since 1970; default now. */
  at?: number;
}

export interface Shelf {
  strategy: Strategy;
  cards: Recommendation[];
}

const DEFAULT_DIVERSITY = 0.3;

/** @throws {FieldError} naming the field of the request that is wrong. */
export function parseShelfRequest(value: unknown): ShelfRequest {
  const fields = object(value, "request");
  const strategy = text(fields.strategy, "strategy") as Strategy;
  if (!STRATEGIES.includes(strategy)) {
    throw new FieldError("strategy", strategy, `one of ${STRATEGIES.join(", ")}`);
  }
  const { productId, exclude = [], among, exploration = 0, at } = fields;
  const { diversity = DEFAULT_DIVERSITY } = fields;
  return {
    strategy,
    limit: integer(fields.limit ?? 12, "limit", { least: 1, most: 200 }),
    ...(productId === undefined ? {} : { productId: text(productId, "productId") }),
    exclude: productIds(exclude, "exclude"),
    ...(among === undefined ? {} : { among: productIds(among, "among") }),
    diversity: number(diversity, "diversity", { least: 0, most: 10 }),
    exploration: number(exploration, "exploration", { least: 0, most: 10 }),
    ...(at === undefined ? {} : { at: number(at, "at", { least: 0, most: 8.64e15 }) }),
  };
}

function productIds(value: unknown, field: string): string[] {
  return list(value, field, { least: 0, most: 10_000 }, (id, at) => text(id, at));
}

/** All that a shelf is made from. */
export interface ShelfSources {
  catalog: Catalog;
  pack: ItemPack;
  popularRows: Uint32Array;
  history: ShopperHistory;
  /** Their mean scores count. */
  networks: readonly Network[];
}

/** From a shopper's history to explained cards: candidates → inputs → scores → rank → reasons. */
export function makeShelf(sources: ShelfSources, request: ShelfRequest & { at: number }): Shelf {
  const { catalog, networks } = sources;
  const moment = momentFor(sources, request);
  const rows = rowsFor(sources, request, moment);
  const inputs = inputsOf(moment, rows);
  const logOdds = score(networks, inputs);
  const { limit, strategy, diversity = DEFAULT_DIVERSITY, exploration = 0 } = request;
  const picks = isOrdered(strategy)
    ? inOrder(rows, logOdds, limit)
    : rank(rows, logOdds, catalog, { limit, diversity, bonus: bonusFor(exploration) });
  const average = averageInputs(inputs);
  return { strategy, cards: explain(picks, { moment, networks, average }) };

  /** Upper confidence bounds (Auer, 2002): what the networks are unsure of is worth a try. */
  function bonusFor(share: number): Float32Array | undefined {
    if (share === 0) return undefined;
    return uncertainty(networks, inputs).map((deviation) => share * deviation);
  }
}

/** Strategies whose rows come in the order to show; the network only says how they would fare. */
function isOrdered(strategy: Strategy): boolean {
  return strategy === "trending" || strategy === "recently-viewed";
}

function inOrder(rows: Uint32Array, logOdds: Float32Array, limit: number): Pick[] {
  return Array.from(rows.subarray(0, limit), (row, index) => ({ row, logOdds: logOdds[index]! }));
}

function momentFor(sources: ShelfSources, request: ShelfRequest & { at: number }): Moment {
  const { catalog, pack } = sources;
  const { at } = request;
  return momentOf(historyFor(sources, request), { catalog, pack, at });
}

/** `trending` looks at nobody's past; `related` sees the product at hand as the newest visit. */
function historyFor(sources: ShelfSources, request: ShelfRequest & { at: number }): ShopperHistory {
  const { catalog, history } = sources;
  if (request.strategy === "trending") return createHistory(catalog);
  const row = request.strategy === "related" ? catalog.rowOf(request.productId ?? "") : undefined;
  if (row === undefined) return history;
  const visit = { row, at: request.at, strength: 3 };
  const others = history.recent.filter((other) => other.row !== row);
  return { ...history, interactions: history.interactions, recent: [visit, ...others].slice(0, 3) };
}

function rowsFor(sources: ShelfSources, request: ShelfRequest, moment: Moment): Uint32Array {
  const { catalog, history } = sources;
  const excluded = new Set((request.exclude ?? []).map((id) => catalog.rowOf(id)));
  if (request.productId !== undefined) excluded.add(catalog.rowOf(request.productId));
  const among = request.among && new Set(request.among.map((id) => catalog.rowOf(id)));
  const isFree = (row: number) => !excluded.has(row) && (among?.has(row) ?? true);
  switch (request.strategy) {
    case "recently-viewed":
      return recentRows(history).filter((row) => isFree(row) && !history.hidden.has(row));
    case "trending":
      return firstAllowed(sources, isFree, request.limit);
    default:
      return pool(moment, sources.popularRows, among).filter(
        (row) => isFree(row) && isAllowed(catalog, history, row),
      );
  }
}

function pool(
  moment: Moment,
  popularRows: Uint32Array,
  among: ReadonlySet<number | undefined> | undefined,
): Uint32Array {
  if (among === undefined) return candidatesOf(moment, popularRows);
  return Uint32Array.from([...among].filter((row) => row !== undefined));
}

function firstAllowed(
  { catalog, history, popularRows }: ShelfSources,
  isFree: (row: number) => boolean,
  limit: number,
): Uint32Array {
  const chosen: number[] = [];
  for (const row of popularRows) {
    if (chosen.length === limit) break;
    if (isFree(row) && isAllowed(catalog, history, row)) chosen.push(row);
  }
  return Uint32Array.from(chosen);
}

/** Products the shopper turned to, latest first. */
function recentRows(history: ShopperHistory): Uint32Array {
  const visited = [...history.own].filter(([, product]) => product.visits > 0);
  visited.sort(([, left], [, right]) => right.lastInteraction - left.lastInteraction);
  return Uint32Array.from(visited, ([row]) => row);
}
