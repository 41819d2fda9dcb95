import type { ShopEventInput } from "../../engine/events/shopEvent.ts";
import type { ShelfRequest } from "../../engine/ranking/shelfRequest.ts";
import type { Product } from "../../engine/shop/catalog.ts";

/**
 * A shopper's story in the demo shop: what somebody does, over how many days, and what must and must not
 * be among the first cards. Written before the code that it judges.
 */
export interface Story {
  title: string;
  /** In order; every act of a day is a minute after the one before. */
  days: readonly StoryDay[];
  /** Why it does not come out yet. The tests fail when a story with this field comes out after all. */
  open?: string;
}

export interface StoryDay {
  /** Days since the story began. */
  day: number;
  acts?: readonly ShopEventInput[];
  /** How often each shelf below is shown, and ignored, before it is judged; default 0. */
  shown?: number;
  shelves?: readonly ShelfStory[];
}

/** A shelf as it must look. */
export interface ShelfStory {
  /** Without its limit and time; default `for-you`. */
  request?: Partial<Omit<ShelfRequest, "limit" | "at">>;
  /** How many cards are judged; default 8. */
  first?: number;
  /** At least so many of the cards, or of all cards as a share below 1, belong to the group. */
  atLeast?: readonly Quota[];
  atMost?: readonly Quota[];
  /** At least this share of the cards was not on the shelf when it was first shown that day. */
  isFresh?: number;
}

export type Quota = readonly [count: number, group: Group];

/** A set of products that has a name. */
export interface Group {
  name: string;
  has(product: Product): boolean;
}

export const look = (productId: string): ShopEventInput => ({ type: "view", productId });
export const looks = (...productIds: string[]): ShopEventInput[] => productIds.map(look);
export const cart = (productId: string): ShopEventInput => ({ type: "add_to_cart", productId });
export const search = (query: string): ShopEventInput => ({ type: "search", query });
export const dislike = (productId: string, hidden = true): ShopEventInput => {
  return { type: "not_for_me", productId, hidden };
};
export const uncart = (productId: string): ShopEventInput => {
  return { type: "remove_from_cart", productId };
};

/** One order of one of each. */
export function buy(...productIds: string[]): ShopEventInput {
  const items = productIds.map((productId) => ({ productId, quantity: 1 }));
  return { type: "purchase", orderId: `order of ${productIds.join(" and ")}`, items };
}

/** An order that is repeated needs another number each time. */
export function buyAgain(number: number, ...productIds: string[]): ShopEventInput {
  return { ...buy(...productIds), orderId: `order ${number}` } as ShopEventInput;
}

export function only(...productIds: string[]): Group {
  const ids = new Set(productIds);
  return { name: productIds.join(", "), has: ({ id }) => ids.has(id) };
}

/** Products with any of these in their category path. */
export function category(...names: string[]): Group {
  return {
    name: names.join(" or "),
    has: ({ categoryPath }) => categoryPath.some((name) => names.includes(name)),
  };
}

export function tagged(tag: string): Group {
  return { name: `tagged ${tag}`, has: ({ tags = [] }) => tags.includes(tag) };
}

export function pricedAbove(minor: number): Group {
  return { name: `above ${minor / 100}`, has: ({ priceMinor }) => priceMinor > minor };
}

export const reduced: Group = {
  name: "reduced",
  has: ({ listPriceMinor }) => listPriceMinor !== undefined,
};

export function both(one: Group, other: Group): Group {
  const has = (product: Product) => one.has(product) && other.has(product);
  return { name: `${one.name} and ${other.name}`, has };
}

export function not({ name, has }: Group): Group {
  return { name: `not ${name}`, has: (product) => !has(product) };
}

/** A story of what is bought with a product. */
export function bundleStory(
  title: string,
  { productId, wanted, unwanted }: { productId: string; wanted: Group; unwanted: Group },
): Story {
  const request = { strategy: "bought-together", productId } as const;
  const shelf = { request, first: 3, atLeast: [[1, wanted]], atMost: [[0, unwanted]] } as const;
  return { title, days: [{ day: 0, acts: [look(productId)], shelves: [shelf] }] };
}
