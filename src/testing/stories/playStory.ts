import { IDBFactory } from "fake-indexeddb";
import "fake-indexeddb/auto";
import { createRecommender } from "../../engine/createRecommender.ts";
import type { ShopEventInput } from "../../engine/events/shopEvent.ts";
import { itemsOf, type ShopEvent } from "../../engine/events/shopEvent.ts";
import type { ShelfCard } from "../../engine/ranking/shelf.ts";
import type { Recommender } from "../../engine/recommender.ts";
import type { Catalog, Product } from "../../engine/shop/catalog.ts";
import type { ItemPack } from "../../engine/shop/itemPack.ts";
import type { Quota, ShelfStory, Story, StoryDay } from "./story.ts";

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** The day after the demo's crowd was counted. */
const BEGIN = Date.UTC(2026, 10, 16, 10);
const FIRST = 8;

/** The shop in which a story is played. */
export interface StoryShop {
  catalog: Catalog;
  pack: ItemPack;
}

/** One thing that did not come out as told: the shelf, what was expected, and the cards. */
export interface Flaw {
  day: number;
  shelf: string;
  expected: string;
  cards: string[];
}

/** Plays a story against the engine, with trainings when they are due, and returns what did not come out. */
export async function playStory(story: Story, shop: StoryShop): Promise<Flaw[]> {
  globalThis.indexedDB = new IDBFactory();
  let now = BEGIN;
  const options = { ...shop, trainer: "plain", experiment: 0, seed: 1 } as const;
  const recommender = await createRecommender({ ...options, clock: () => now });
  const touched = new Set<string>();
  const flaws: Flaw[] = [];
  for (const day of story.days) {
    now = Math.max(now + MINUTE_MS, BEGIN + day.day * DAY_MS);
    for (const act of day.acts ?? []) {
      now += MINUTE_MS;
      await recommender.observe(act);
      for (const productId of productsOf(act)) touched.add(productId);
    }
    await recommender.settled();
    for (const shelf of day.shelves ?? []) {
      const tick = () => {
        now += MINUTE_MS;
      };
      flaws.push(...(await judgeShelf(recommender, { day, shelf, touched, tick, ...shop })));
    }
  }
  await recommender.close();
  return flaws;
}

function productsOf(act: ShopEventInput): string[] {
  return itemsOf(act as ShopEvent).map(({ productId }) => productId);
}

interface Judged {
  day: StoryDay;
  shelf: ShelfStory;
  touched: ReadonlySet<string>;
  tick: () => void;
  catalog: Catalog;
}

async function judgeShelf(recommender: Recommender, judged: Judged): Promise<Flaw[]> {
  const { day, shelf, touched, tick, catalog } = judged;
  const first = await cardsOf(recommender, shelf);
  let cards = first;
  for (let showing = 0; showing < (day.shown ?? 0); showing++) {
    const productIds = cards.map(({ productId }) => productId);
    await recommender.observe({ type: "impression", productIds, shelf: "for-you" });
    tick();
    cards = await cardsOf(recommender, shelf);
  }
  const seen = new Set(first.map(({ productId }) => productId));
  const fresh = cards.filter(({ productId }) => !seen.has(productId)).length / (cards.length || 1);
  const expected = [
    ...quotaFlaws(
      cards.map(({ productId }) => productOf(catalog, productId)),
      shelf,
    ),
    ...(fresh < (shelf.isFresh ?? 0)
      ? [`${shelf.isFresh} of the cards are new, not ${fresh}`]
      : []),
    ...untrueReasons(cards, touched),
  ];
  const name = JSON.stringify(shelf.request ?? { strategy: "for-you" });
  const ids = cards.map(({ productId }) => productId);
  return expected.map((text) => ({ day: day.day, shelf: name, expected: text, cards: ids }));
}

async function cardsOf(recommender: Recommender, shelf: ShelfStory): Promise<ShelfCard[]> {
  const request = { strategy: "for-you" as const, ...shelf.request };
  const { cards } = await recommender.recommend({ ...request, limit: shelf.first ?? FIRST });
  return cards;
}

function quotaFlaws(
  products: readonly Product[],
  { atLeast = [], atMost = [] }: ShelfStory,
): string[] {
  const count = ([, group]: Quota) => products.filter((product) => group.has(product)).length;
  const wanted = ([quota]: Quota) => (quota > 0 && quota < 1 ? quota * products.length : quota);
  return [
    ...atLeast
      .filter((quota) => count(quota) < wanted(quota))
      .map((quota) => `at least ${quota[0]} of ${quota[1].name}, not ${count(quota)}`),
    ...atMost
      .filter((quota) => count(quota) > wanted(quota))
      .map((quota) => `at most ${quota[0]} of ${quota[1].name}, not ${count(quota)}`),
  ];
}

/** A reason may only name products that the shopper had to do with. */
function untrueReasons(cards: readonly ShelfCard[], touched: ReadonlySet<string>): string[] {
  return cards.flatMap(({ productId, reason }) => {
    const { because } = reason;
    if (because === undefined || touched.has(because)) return [];
    return [`${productId} is not because of ${because}, which the shopper never saw`];
  });
}

function productOf(catalog: Catalog, productId: string): Product {
  return catalog.products[catalog.rowOf(productId)!]!;
}
