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

/** What a page shows. */
export interface Shelves {
  /**
   * The best cards for this shopper now, each with its reason; see `ShelfRequest` for what can be asked for.
   * Fewer than `limit` where the strategy has no more. The same for the same past, seed and clock.
   * @example
   * const { id, cards } = await recommender.recommend({ strategy: "related", productId: "mug-1", limit: 4 });
   * for (const { productId, reason } of cards) show(productId, reason);
   * const productIds = cards.map(({ productId }) => productId);
   * await recommender.observe({ type: "impression", productIds, shelfId: id });
   * @throws {FieldError} naming the field of the request that is wrong.
   */
  recommend(request: ShelfRequest): Promise<Shelf>;
}

/** All that shelves are made from. */
export interface ShelfDeps {
  log: ShopperLog;
  learner: Learner;
  catalog: Catalog;
  pack: ItemPack;
  popularRows: Uint32Array;
  /** Where the pack comes in shards. */
  shards: PackShards | undefined;
  rules: ShopRules;
  chooseSlatePolicy: NonNullable<ShelfSources["chooseSlatePolicy"]>;
  clock: () => number;
  seed: number;
  /** Of "for you" shelves, 0 to 0.5: those that a plain list shares with the network. */
  experimentShare: number;
  /** Shelves made so far: each has chance of its own. */
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

/** What shelves of a strategy are made from now. @param rules of the request, unread. */
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

/** The products whose neighbors a shelf starts from. */
function startingRows({ catalog, log }: ShelfDeps, { productId = "" }: ShelfRequest): number[] {
  const row = catalog.rowOf(productId);
  const recent = log.history.recent.map((visit) => visit.row);
  return row === undefined ? recent : [row, ...recent];
}

function nextSeed({ seed, count }: ShelfDeps, at: number): number {
  return hashWords([seed, at / 2 ** 32, at, count.shelves++]);
}

/** Makes a shelf in slices; anew if events came in between, since cards and reasons rest on one past. */
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
