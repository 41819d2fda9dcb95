import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addToCart,
  anyEvent,
  DAY,
  fixtureCatalog,
  impression,
  MINUTE,
  NOW,
  notForMe,
  purchase,
  removeFromCart,
  view,
  wishlist,
} from "../../testing/fixtures.ts";
import { createHistory, EVENT_STRENGTH, LONG_DWELL_MS } from "./foldHistory.ts";
import {
  decayed,
  EMPTY_HISTORY,
  halved,
  OWN_HALF_LIFE_MS,
  type ShopperHistory,
} from "./history.ts";
import { habitOf } from "./orderHabit.ts";
import { RECENT_PRODUCTS } from "./recentProducts.ts";
import type { ShopEvent } from "./shopEvent.ts";

const catalog = fixtureCatalog();
const row = (id: string) => catalog.rowOf(id)!;

function historyOf(...events: ShopEvent[]): ShopperHistory {
  const history = createHistory(catalog);
  for (const event of events) history.apply(event);
  return history;
}

const recentIds = (history: ShopperHistory) =>
  history.recent.map((visit) => catalog.products[visit.row]!.id);

/** Everything a history holds, for comparison. */
function contents({ recent, own, cart, wishlist, hidden, interactions, orders }: ShopperHistory) {
  return structuredClone({ recent, own, cart, wishlist, hidden, interactions, orders });
}

describe("a refund", () => {
  const order = (orderId: string, at: number, ...items: [productId: string, quantity: number][]) =>
    ({
      type: "purchase",
      orderId,
      at,
      items: items.map(([productId, quantity]) => ({ productId, quantity })),
    }) as const;
  const bought = (history: ShopperHistory, id: string) => {
    const own = history.own.get(row(id));
    return [own?.acts.purchases, own?.bought.reduce((units, one) => units + one.units, 0)];
  };

  it("takes a whole order back, or the units of it that are named", () => {
    const placed = order("1", NOW, ["k1", 1], ["k2", 3]);
    const seen = impression(["k1", "k2"]);
    const whole = historyOf(seen, placed, { type: "refund", at: NOW + DAY, orderId: "1" });
    expect([bought(whole, "k1"), bought(whole, "k2")]).toEqual([
      [0, 0],
      [0, 0],
    ]);
    const items = [{ productId: "k2", quantity: 2 }];
    const part = historyOf(placed, { type: "refund", at: NOW + DAY, orderId: "1", items });
    expect([bought(part, "k1"), bought(part, "k2")]).toEqual([
      [1, 1],
      [1, 1],
    ]);
  });

  it("counts once, leaves other orders alone, and says nothing of unknown ones", () => {
    const back = { type: "refund", at: NOW + DAY, orderId: "1" } as const;
    const events = [order("1", NOW, ["k1", 2]), order("2", NOW + 1, ["k1", 1])];
    const history = historyOf(...events, back, back, { ...back, orderId: "3" });
    expect(bought(history, "k1")).toEqual([1, 1]);
    expect(habitOf(history.own.get(row("k1"))!, history.orders).own).toBeCloseTo(1);
  });

  it("leaves no wish for the product behind", () => {
    const back = { type: "refund", at: NOW + DAY, orderId: "1" } as const;
    const history = historyOf(order("1", NOW, ["k1", 1]), back);
    expect([history.own.size, history.recent]).toEqual([0, []]);
    const looked = historyOf(view("k1", NOW - 1), order("1", NOW, ["k1", 1]), back);
    expect(looked.own.get(row("k1"))).toMatchObject({ affinity: 1, interactions: [1] });
  });
});

describe("the cart", () => {
  it("is the cart that the shop shows, whatever was known before", () => {
    const items = [
      { productId: "k2", quantity: 2 },
      { productId: "nobody", quantity: 1 },
    ];
    const history = historyOf(addToCart("k1"), { type: "cart", at: NOW + 1, items });
    expect([...history.cart]).toEqual([[row("k2"), 2]]);
    history.apply({ type: "cart", at: NOW + 2, items: [] });
    expect(history.cart.size).toBe(0);
  });

  it("drops what stays untouched for a month", () => {
    const history = historyOf(addToCart("k1", NOW - 40 * DAY), addToCart("k2", NOW - 20 * DAY));
    expect([history.isInCart(row("k1"), NOW), history.isInCart(row("k2"), NOW)]).toEqual([
      false,
      true,
    ]);
    expect(history.isInCart(row("k2"), NOW + 20 * DAY)).toBe(false);
    history.apply(view("k1", NOW));
    expect([...history.cart.keys()]).toEqual([row("k2")]);
  });

  it("sums additions and removals", () => {
    const history = historyOf(addToCart("k1", NOW, 2), addToCart("k1"), removeFromCart("k1"));
    expect([...history.cart]).toEqual([[row("k1"), 2]]);
  });

  it("removes several units at once", () => {
    const history = historyOf(addToCart("k1", NOW, 5), removeFromCart("k1", NOW, 3));
    expect(history.cart.get(row("k1"))).toBe(2);
  });

  it("drops a product once all of its units, or more, are removed", () => {
    expect(historyOf(addToCart("k1"), removeFromCart("k1")).cart.size).toBe(0);
    const history = historyOf(addToCart("k1"), removeFromCart("k1", NOW, 5), addToCart("k1"));
    expect(history.cart.get(row("k1"))).toBe(1);
    expect(historyOf(removeFromCart("k1")).cart.size).toBe(0);
  });

  it("drops purchased products and nothing else", () => {
    const history = historyOf(addToCart("k1", NOW, 3), addToCart("k2"), purchase(["k1", "g1"]));
    expect([...history.cart.keys()]).toEqual([row("k2")]);
    expect(history.own.get(row("k1"))!.acts.purchases).toBe(1);
    expect(history.own.get(row("g1"))!.acts.purchases).toBe(1);
    expect(history.own.get(row("k2"))!.acts.purchases).toBe(0);
  });
});

describe("the lists a shopper keeps", () => {
  it("hold a saved product until it is removed", () => {
    const history = historyOf(wishlist("k1"), wishlist("k2"), wishlist("k1"));
    expect([...history.wishlist]).toEqual([row("k1"), row("k2")]);
    history.apply(wishlist("k1", NOW, false));
    expect([...history.wishlist]).toEqual([row("k2")]);
  });

  it("hide a dismissed product until it is restored", () => {
    const history = historyOf(view("k1"), view("k2"), notForMe("k2"));
    expect([...history.hidden]).toEqual([row("k2")]);
    expect(recentIds(history)).toEqual(["k1"]);
    history.apply(notForMe("k2", NOW, false));
    expect(history.hidden.size).toBe(0);
  });

  it("lose no viewed product when another one is hidden or restored", () => {
    const history = historyOf(view("k1"), view("k2"), notForMe("g1"));
    expect(recentIds(history)).toEqual(["k2", "k1"]);
    history.apply(notForMe("k1"));
    expect(recentIds(history)).toEqual(["k2"]);
    history.apply(notForMe("k2", NOW, false));
    expect(recentIds(history)).toEqual(["k2"]);
  });
});

describe("the recent products", () => {
  it("are distinct, newest first, and at most ten", () => {
    const ids = catalog.products.map(({ id }) => id);
    const history = historyOf(...ids.map((id, at) => view(id, at)), view("b3", 100));
    expect(recentIds(history)).toEqual([
      "b3",
      "b7",
      "b6",
      "b5",
      "b4",
      "b2",
      "b1",
      "g7",
      "g6",
      "g5",
    ]);
    const strength = 1 + halved(100 - ids.indexOf("b3"));
    expect(history.recent[0]).toEqual({ row: row("b3"), step: 0, at: 100, strength });
    expect(RECENT_PRODUCTS).toBe(10);
  });

  it("come from interactions only: not from impressions, searches, short dwells or cart removals", () => {
    const glance: ShopEvent = {
      type: "dwell",
      at: NOW,
      productId: "k3",
      dwellMs: LONG_DWELL_MS - 1,
    };
    const history = historyOf(
      impression(["k1"]),
      { type: "search", at: NOW, query: "k2" },
      glance,
      removeFromCart("k4"),
      { type: "rate", at: NOW, productId: "k5", stars: 1 },
      wishlist("k6", NOW, false),
    );
    expect(recentIds(history)).toEqual([]);
    history.apply({ ...glance, dwellMs: LONG_DWELL_MS });
    expect(recentIds(history)).toEqual(["k3"]);
  });

  it("stay distinct and bounded, and affinities stay sound, for any events in any order", () => {
    fc.assert(
      fc.property(fc.array(anyEvent(catalog), { maxLength: 80 }), (events) => {
        const history = historyOf(...events);
        const rows = history.recent.map((visit) => visit.row);
        expect(new Set(rows).size).toBe(rows.length);
        expect(rows.length).toBeLessThanOrEqual(RECENT_PRODUCTS);
        for (const visit of history.recent) expect(visit.strength).toBeGreaterThan(0);
        for (const product of history.own.values()) {
          expect(product.affinity).toBeGreaterThanOrEqual(0);
          expect(product.affinity).toBeLessThan(5 * events.length * 4);
          expect(product.interactions.length).toBeLessThanOrEqual(history.interactions);
          const { own, all } = habitOf(product, history.orders);
          expect(own).toBeLessThanOrEqual(all + 1e-9);
        }
        for (const quantity of history.cart.values()) expect(quantity).toBeGreaterThan(0);
      }),
      { numRuns: 150, seed: 9 },
    );
  });
});

describe("a product's affinity", () => {
  const affinity = (history: ShopperHistory, id: string, at = NOW) =>
    decayed(history.own.get(row(id))!, at);

  it("grows with each action, and a purchase counts more than a view", () => {
    const affinityAfter = (event: ShopEvent) => affinity(historyOf(event), "k1");
    expect(affinityAfter(view("k1"))).toBe(1);
    expect(affinityAfter(addToCart("k1"))).toBeGreaterThan(affinityAfter(view("k1")));
    expect(affinityAfter(purchase(["k1"]))).toBeGreaterThan(affinityAfter(addToCart("k1")));
    expect(affinity(historyOf(view("k1"), view("k1")), "k1")).toBe(2);
  });

  it("loses as much when the product is hidden as it gains from an order", () => {
    expect(EVENT_STRENGTH.not_for_me).toBe(-EVENT_STRENGTH.purchase);
  });

  it("halves in a month, and never falls below zero", () => {
    const history = historyOf(view("k1", NOW));
    expect(affinity(history, "k1", NOW + OWN_HALF_LIFE_MS)).toBeCloseTo(0.5, 12);
    expect(affinity(history, "k1", NOW + 2 * OWN_HALF_LIFE_MS)).toBeCloseTo(0.25, 12);
    const again = historyOf(view("k1", NOW), view("k1", NOW + OWN_HALF_LIFE_MS));
    expect(affinity(again, "k1", NOW + OWN_HALF_LIFE_MS)).toBeCloseTo(1.5, 12);
    expect(affinity(historyOf(view("k1"), notForMe("k1")), "k1")).toBe(0);
  });

  it("does not grow when a clock runs backwards", () => {
    const history = historyOf(view("k1", NOW));
    expect(affinity(history, "k1", NOW - 50 * DAY)).toBe(1);
  });

  it("never decreases with another view, even one dated long before the last", () => {
    const history = historyOf(view("k1", NOW));
    const before = affinity(history, "k1");
    history.apply(view("k1", NOW - 300 * DAY));
    expect(affinity(history, "k1")).toBeGreaterThanOrEqual(before);
    expect(affinity(history, "k1")).toBeLessThanOrEqual(before + 1);
  });

  it("counts impressions without a click until the shopper interacts with the product", () => {
    const history = historyOf(impression(["k1", "k2"]), impression(["k1"]));
    expect(history.own.get(row("k1"))).toMatchObject({ ignoredImpressions: 2, interactions: [] });
    history.apply(view("k1"));
    expect(history.own.get(row("k1"))).toMatchObject({ ignoredImpressions: 0, interactions: [1] });
    expect(history.own.get(row("k2"))!.ignoredImpressions).toBe(1);
    expect(history.interactions).toBe(1);
  });
});

describe("a rating", () => {
  const rated = (stars: number): ShopEvent => ({ type: "rate", at: NOW, productId: "k1", stars });
  const tasteAfter = (...events: ShopEvent[]) => historyOf(...events).own.get(row("k1"))!.taste;

  it("adds stars above the middle, and outweighs what was liked with those below", () => {
    expect(tasteAfter(view("k1"), rated(2.5))).toBe(1);
    expect(tasteAfter(rated(5))).toBe(2.5);
    expect(tasteAfter(rated(4))).toBe(1.5);
    expect(tasteAfter(purchase(["k1"]), rated(1))).toBe(-1.5);
    expect(tasteAfter(purchase(["k1"]), rated(1), view("k1"))).toBe(-0.5);
    expect(historyOf(purchase(["k1"]), rated(1)).own.get(row("k1"))!.affinity).toBe(0);
  });

  it("replaces the one before, unless it arrives late", () => {
    expect(tasteAfter(purchase(["k1"]), rated(1), rated(5))).toBe(6.5);
    expect(tasteAfter(rated(5), rated(1))).toBe(-1.5);
    expect(tasteAfter(rated(5), { ...rated(1), at: NOW - 1 })).toBe(2.5);
    expect(historyOf(rated(5), rated(4)).own.get(row("k1"))!.acts.ratings).toBe(1);
  });

  it("makes a product recent only if it is above the middle", () => {
    expect(recentIds(historyOf(rated(4)))).toEqual(["k1"]);
    expect(recentIds(historyOf(rated(2.5)))).toEqual([]);
    expect(recentIds(historyOf(rated(1)))).toEqual([]);
  });
});

describe("the purchases of a product", () => {
  const order = (at: number, quantity: number): ShopEvent => ({
    type: "purchase",
    orderId: `o${at}`,
    at,
    items: [{ productId: "k1", quantity }],
  });
  const boughtAfter = (...events: ShopEvent[]) => historyOf(...events).own.get(row("k1"))!.bought;

  it("are kept with time and units, in chronological order even when reported late", () => {
    expect(boughtAfter(view("k1"))).toEqual([]);
    expect(boughtAfter(order(30, 1), order(10, 3), order(20, 2))).toEqual([
      { at: 10, units: 3 },
      { at: 20, units: 2 },
      { at: 30, units: 1 },
    ]);
  });

  it("are limited to the last twenty", () => {
    const orders = Array.from({ length: 23 }, (_, at) => order(at, 1));
    expect(boughtAfter(...orders.slice(0, 20))).toHaveLength(20);
    expect(boughtAfter(...orders).map(({ at }) => at)).toEqual([...Array(23).keys()].slice(3));
  });
});

it("an empty history equals that of a shopper without events, with or without any source", () => {
  const { recent, own } = historyOf();
  expect(EMPTY_HISTORY).toMatchObject({ recent, own });
  expect(EMPTY_HISTORY.pastWith(row("k1"))).toBeUndefined();
  expect(EMPTY_HISTORY.without({ type: "product", row: row("k1") })).toBe(EMPTY_HISTORY);
});

describe("a habit", () => {
  it("counts orders, not units or lines, even when the lines arrive one by one", () => {
    const history = historyOf(
      purchase(["k1", "k2"], NOW),
      purchase(["k1", "k1"], NOW + DAY),
      purchase(["k1"], NOW + DAY),
    );
    expect(history.orders).toBe(2);
    expect(habitOf(history.own.get(row("k1"))!, 2)).toEqual({ own: 1.9, all: expect.closeTo(1.9) });
    expect(habitOf(history.own.get(row("k2"))!, 2).own).toBeCloseTo(0.9);
    expect(habitOf(history.own.get(row("k1"))!, 3).own).toBeCloseTo(1.71);
  });

  it("is zero for products that were only viewed, and for an order of unknown products only", () => {
    const history = historyOf(view("k1"), addToCart("k1"), purchase(["gone"]));
    expect(history.orders).toBe(0);
    expect(habitOf(history.own.get(row("k1"))!, 0)).toEqual({ own: 0, all: 0 });
  });
});

describe("folding", () => {
  it("ignores products that are not in the catalog", () => {
    const history = historyOf(view("k1"), addToCart("k2"));
    const before = contents(history);
    for (const event of [
      view("gone"),
      addToCart("gone"),
      purchase(["gone"]),
      impression(["gone", "__proto__"]),
      wishlist("gone"),
      notForMe("constructor"),
    ]) {
      history.apply(event);
    }
    expect(contents(history)).toEqual(before);
  });

  it("counts the known products of a mixed purchase", () => {
    const history = historyOf(purchase(["gone", "k1"]));
    expect(history.own.get(row("k1"))!.acts.purchases).toBe(1);
    expect(history.own.size).toBe(1);
  });

  it("gives the same result event by event, however often it is read in between", () => {
    fc.assert(
      fc.property(fc.array(anyEvent(catalog), { maxLength: 40 }), (events) => {
        const looked = createHistory(catalog);
        for (const event of events) {
          const kept = structuredClone(event);
          looked.apply(event);
          expect(event).toEqual(kept);
          for (const product of looked.own.values()) decayed(product, NOW + DAY);
          contents(looked);
        }
        expect(contents(looked)).toEqual(contents(historyOf(...events)));
      }),
      { numRuns: 60, seed: 10 },
    );
  });

  it("numbers the interactions in order", () => {
    const history = historyOf(
      view("k1", NOW),
      view("k2", NOW + MINUTE),
      view("k1", NOW + 2 * MINUTE),
    );
    expect(history.interactions).toBe(3);
    expect(history.own.get(row("k1"))).toMatchObject({ interactions: [1, 3] });
    expect(history.own.get(row("k2"))).toMatchObject({ interactions: [2] });
  });
});
