import fc from "fast-check";
import type { ShopEvent } from "../engine/events/shopEvent.ts";
import { createRandom } from "../engine/kit/random.ts";
import type { ExampleSet } from "../engine/learning/examples.ts";
import {
  type Activation,
  INPUTS,
  NETWORK_SIZE,
  type Network,
  OUTCOMES,
} from "../engine/network/network.ts";
import { MORE_STRATEGIES } from "../engine/ranking/moreStrategies.ts";
import { makeShelf, type Shelf } from "../engine/ranking/shelf.ts";
import type { ShelfRequest } from "../engine/ranking/shelfRequest.ts";
import { chooseSlatePolicy, type ShelfSources } from "../engine/ranking/slatePolicy.ts";
import { FIRST_STRATEGIES } from "../engine/ranking/strategies.ts";
import { type Catalog, createCatalog, type Product } from "../engine/shop/catalog.ts";
import type { ItemPack } from "../engine/shop/itemPack.ts";

/** A small shop for tests: 21 products in three departments, and a pack with some neighbors. */
export const NOW = Date.UTC(2026, 0, 15, 12);
export const MINUTE = 60_000;
export const DAY = 86_400_000;

const DEPARTMENTS: [prefix: string, path: string[], brands: string[]][] = [
  ["k", ["Kitchen", "Coffee"], ["Brunnen", "Aroma"]],
  ["g", ["Garden", "Tools"], ["Spaten", "Moos"]],
  ["b", ["Books", "Novels"], ["Verlag", "Presse"]],
];

/**
 * Products k1 … k7, g1 … g7 and b1 … b7. Sold out: k7 and g7. Not for buying again: b1 and b2.
 * For buying again: k5. Discounted: g3. New: b6.
 */
export function fixtureProducts(): Product[] {
  return DEPARTMENTS.flatMap(([prefix, categoryPath, brands], department) =>
    Array.from({ length: 7 }, (_, index): Product => {
      const id = `${prefix}${index + 1}`;
      return {
        id,
        title: `${categoryPath[1]} thing number ${id}`,
        categoryPath,
        priceMinor: 500 * (index + 1) + 1000 * department,
        currency: "EUR",
        brand: brands[index % 2]!,
        ...(index === 6 && department < 2 ? { stock: 0 } : {}),
        ...(id === "b1" || id === "b2" ? { rebuyable: false } : {}),
        ...(id === "k5" ? { rebuyable: true } : {}),
        ...(id === "g3" ? { listPriceMinor: 5000 } : {}),
        ...(id === "b6" ? { addedAt: "2026-01-01" } : {}),
      };
    }),
  );
}

export function fixtureCatalog(): Catalog {
  return createCatalog(fixtureProducts());
}

/** Builds a pack from `[from, to, strength 0…255]` links between product ids. */
export function packOf(
  catalog: Catalog,
  links: readonly (readonly [from: string, to: string, strength: number])[],
  popularity: Readonly<Record<string, number>> = {},
): ItemPack {
  const starts = new Uint32Array(catalog.size + 1);
  const neighbors: number[] = [];
  const strengths: number[] = [];
  catalog.products.forEach(({ id }, row) => {
    const own = links.filter(([from]) => from === id).sort((left, right) => right[2] - left[2]);
    for (const [, to, strength] of own) {
      neighbors.push(catalog.rowOf(to)!);
      strengths.push(strength);
    }
    starts[row + 1] = neighbors.length;
  });
  return {
    starts,
    neighbors: Uint32Array.from(neighbors),
    strengths: Uint8Array.from(strengths),
    popularity: Uint8Array.from(catalog.products, ({ id }) => popularity[id] ?? 0),
    prior: undefined,
  };
}

/** Links coffee with coffee and with novels; every second product is slightly popular. */
export function fixturePack(catalog: Catalog): ItemPack {
  return packOf(
    catalog,
    [
      ["k1", "k2", 200],
      ["k1", "b1", 120],
      ["k2", "k3", 180],
      ["k2", "k1", 150],
      ["k3", "b2", 160],
      ["g1", "g2", 220],
      ["g2", "g3", 140],
      ["b1", "b2", 210],
      ["b2", "b3", 130],
    ],
    { k1: 255, k3: 120, g2: 90, b1: 200, b5: 40 },
  );
}

export function view(productId: string, at = NOW): ShopEvent {
  return { type: "view", at, productId };
}

export function addToCart(productId: string, at = NOW, quantity = 1): ShopEvent {
  return { type: "add_to_cart", at, productId, quantity };
}

export function removeFromCart(productId: string, at = NOW, quantity = 1): ShopEvent {
  return { type: "remove_from_cart", at, productId, quantity };
}

export function purchase(productIds: string[], at = NOW): ShopEvent {
  const items = productIds.map((productId) => ({ productId, quantity: 1 }));
  return { type: "purchase", at, orderId: `order ${at}`, items };
}

export function impression(productIds: string[], at = NOW): ShopEvent {
  return { type: "impression", at, productIds };
}

export function notForMe(productId: string, at = NOW, hidden = true): ShopEvent {
  return { type: "not_for_me", at, productId, hidden };
}

export function wishlist(productId: string, at = NOW, saved = true): ShopEvent {
  return { type: "wishlist", at, productId, saved };
}

/** A shopper who views coffee, then buys some, `rounds` times. */
export function coffeeShopper(rounds: number, startsAt = NOW - DAY): ShopEvent[] {
  return Array.from({ length: rounds }, (_, round) => {
    const at = startsAt + round * 10 * MINUTE;
    const first = `k${1 + (round % 3)}`;
    const second = `k${2 + (round % 3)}`;
    return [
      view(first, at),
      impression(["g1", "b5", second], at + MINUTE),
      view(second, at + 2 * MINUTE),
      addToCart(second, at + 3 * MINUTE),
      purchase([second], at + 4 * MINUTE),
    ];
  }).flat();
}

/** An arbitrary event about the catalog's products, and sometimes about an unknown one. */
export function anyEvent(catalog: Catalog): fc.Arbitrary<ShopEvent> {
  const productId = fc.constantFrom(...catalog.products.map(({ id }) => id), "unknown");
  const at = fc.integer({ min: NOW - 400 * DAY, max: NOW });
  const quantity = fc.integer({ min: 1, max: 5 });
  const about = { at, productId };
  return fc.oneof(
    fc.record({ type: fc.constant("view" as const), ...about }),
    fc.record({
      type: fc.constant("impression" as const),
      at,
      productIds: fc.array(productId, { minLength: 1, maxLength: 6 }),
    }),
    fc.record({ type: fc.constant("dwell" as const), ...about, dwellMs: fc.nat(60_000) }),
    fc.record({ type: fc.constant("search" as const), at, query: fc.constant("coffee") }),
    fc.record({ type: fc.constant("add_to_cart" as const), ...about, quantity }),
    fc.record({ type: fc.constant("remove_from_cart" as const), ...about, quantity }),
    fc.record({ type: fc.constant("wishlist" as const), ...about, saved: fc.boolean() }),
    fc.record({
      type: fc.constant("purchase" as const),
      at,
      orderId: fc.constant("order"),
      items: fc.array(fc.record({ productId, quantity }), { minLength: 1, maxLength: 3 }),
    }),
    fc.record({
      type: fc.constant("rate" as const),
      ...about,
      stars: fc.integer({ min: 1, max: 5 }),
    }),
    fc.record({ type: fc.constant("not_for_me" as const), ...about, hidden: fc.boolean() }),
  );
}

/** Refunds of whole orders and of parts, and carts as the shop shows them. */
export function anyCorrection(catalog: Catalog): fc.Arbitrary<ShopEvent> {
  const item = fc.record({
    productId: fc.constantFrom(...catalog.products.map(({ id }) => id), "unknown"),
    quantity: fc.integer({ min: 1, max: 5 }),
  });
  const facts = { at: fc.constant(NOW), orderId: fc.constant("order") };
  const items = fc.array(item, { minLength: 1, maxLength: 3 });
  return fc.oneof(
    fc.record({ type: fc.constant("refund" as const), ...facts }),
    fc.record({ type: fc.constant("refund" as const), ...facts, items }),
    fc.record({
      type: fc.constant("cart" as const),
      at: fc.constant(NOW),
      items: fc.array(item, { maxLength: 3 }),
    }),
  );
}

/** An arbitrary sequence of events, sometimes with the parts of one order. */
export function anyPast(
  catalog: Catalog,
  maxLength: number,
  events = anyEvent(catalog),
): fc.Arbitrary<ShopEvent[]> {
  const order = fc.constantFrom("order 1", "order 2", "order 3");
  const inTime = fc.tuple(events, order).map(([event, orderId]) => {
    return event.type === "purchase" || event.type === "refund" ? { ...event, orderId } : event;
  });
  return fc.array(inTime, { maxLength }).map((events) => {
    return events.map((event, step) => ({ ...event, at: NOW - (events.length - step) * MINUTE }));
  });
}

/** Weights drawn uniformly from [−scale, scale]. */
export function randomNetwork(seed: number, activation: Activation = "relu", scale = 2): Network {
  const random = createRandom(seed);
  const weights = Float32Array.from(
    { length: NETWORK_SIZE },
    () => scale * (2 * random.next() - 1),
  );
  return { weights, activation };
}

/** Examples whose outcome depends on their inputs, so that there is something to learn. */
export function learnableExamples(size: number, seed = 1): ExampleSet {
  const random = createRandom(seed);
  const inputs = Float32Array.from({ length: size * INPUTS }, () => random.next());
  const outcomes = Uint8Array.from({ length: size }, (_, index) =>
    Math.min(OUTCOMES.length - 1, Math.floor(OUTCOMES.length * inputs[index * INPUTS]!)),
  );
  return { size, inputs, outcomes, weights: new Float32Array(size).fill(1) };
}

/** `makeShelf` for any strategy, without loading it first. */
export function makeAnyShelf(sources: ShelfSources, request: ShelfRequest & { at: number }): Shelf {
  const rules = { ...FIRST_STRATEGIES, ...MORE_STRATEGIES }[request.strategy];
  return makeShelf({ chooseSlatePolicy, ...sources }, request, rules);
}
