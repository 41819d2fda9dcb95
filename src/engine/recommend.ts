import { hashWords } from "./kit/hash.ts";
import { createSlices, eachSlice } from "./kit/scheduler.ts";
import type { Learner } from "./learning/learner.ts";
import {
  beginShelf,
  type Shelf,
  type ShelfCard,
  type ShelfDraft,
  strategyRules,
} from "./ranking/shelf.ts";
import { parseShelfRequest, type ShelfRequest, type Strategy } from "./ranking/shelfRequest.ts";
import type { ShelfSources } from "./ranking/slatePolicy.ts";
import type { Catalog } from "./shop/catalog.ts";
import type { ItemPack } from "./shop/itemPack.ts";
import type { PackShards } from "./shop/packShards.ts";
import type { ShopRules } from "./shopRules.ts";
import type { ShopperLog } from "./store/shopperLog.ts";

/** Gives the page its cards. */
export interface Shelves {
  /**
   * The best cards for this shopper now, each with its reason; see `ShelfRequest` for the options. There
   * are fewer than `limit` if the strategy has no more. The same history, seed and clock give the same
   * cards.
   * @example
   * const { id, cards } = await recommender.recommend({ strategy: "related", productId: "mug-1", limit: 4 });
   * for (const { productId, reason } of cards) show(productId, reason);
   * const productIds = cards.map(({ productId }) => productId);
   * await recommender.observe({ type: "impression", productIds, shelfId: id });
   * @throws {FieldError} naming the wrong field of the request.
   */
  recommend(request: ShelfRequest): Promise<Shelf>;
}

/** The inputs for making shelves. */
export interface ShelfDeps {
  log: ShopperLog;
  learner: Learner;
  catalog: Catalog;
  pack: ItemPack;
  popularRows: Uint32Array;
  /** Present if the pack is sharded. */
  shards: PackShards | undefined;
  rules: ShopRules;
  chooseSlatePolicy: NonNullable<ShelfSources["chooseSlatePolicy"]>;
  clock: () => number;
  seed: number;
  /** Share of "for you" shelves, 0 to 0.5, on which a plain list is compared with the network. */
  experimentShare: number;
  /** The number of shelves made so far; each has its own random numbers. */
  count: { shelves: number };
}

/** From a page's request to explained cards. */
export async function recommend(deps: ShelfDeps, request: ShelfRequest): Promise<Shelf> {
  const { log, experimentShare } = deps;
  const parsed = parseShelfRequest(request);
  await deps.shards?.need(startingRows(deps, parsed));
  const strategy = await strategyRules(parsed.strategy);
  const at = parsed.at ?? deps.clock();
  const chance = { seed: nextSeed(deps, at), experimentShare };
  return ofOneHistory(log, async () => {
    const sources = await shelfSources(deps, parsed.strategy, request.rules);
    return beginShelf({ ...sources, ...chance }, { ...parsed, at }, strategy);
  });
}

/** The inputs for shelves of a strategy now. @param rules the request's rules, not parsed yet. */
export async function shelfSources(
  deps: ShelfDeps,
  strategy: Strategy,
  rules?: unknown,
): Promise<ShelfSources> {
  const { catalog, pack, popularRows, chooseSlatePolicy } = deps;
  const shopRules = await deps.rules.rulesOf(strategy, rules);
  const { history } = deps.log;
  const { networks } = deps.learner;
  return { catalog, pack, popularRows, history, networks, shopRules, chooseSlatePolicy };
}

/** The products whose neighbors a shelf starts from; what is trending does not depend on any. */
function startingRows(
  { catalog, log }: ShelfDeps,
  { productId = "", strategy }: ShelfRequest,
): number[] {
  if (strategy === "trending") return [];
  const row = catalog.rowOf(productId);
  const recent = log.history.recent.map((visit) => visit.row);
  return row === undefined ? recent : [row, ...recent];
}

function nextSeed({ seed, count }: ShelfDeps, at: number): number {
  return hashWords([seed, at / 2 ** 32, at, count.shelves++]);
}

/**
 * Makes a shelf in slices, and again if events arrived meanwhile: cards and reasons must come from one
 * history.
 */
async function ofOneHistory(log: ShopperLog, begin: () => Promise<ShelfDraft>): Promise<Shelf> {
  for (;;) {
    const { history, eventCount } = log;
    const shelf = await finishInSlices(await begin());
    if (log.history === history && log.eventCount === eventCount) return shelf;
  }
}

async function finishInSlices({ scorings, place }: ShelfDraft): Promise<Shelf> {
  const slices = createSlices();
  await eachSlice(scorings, (score) => score(), slices);
  const { explanations, ...shelf } = place();
  const cards: ShelfCard[] = [];
  await eachSlice(explanations, (explained) => void cards.push(explained()), slices);
  return { ...shelf, cards };
}
