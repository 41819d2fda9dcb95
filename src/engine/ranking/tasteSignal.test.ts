import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyShop } from "../../testing/anyShop.ts";
import {
  addToCart,
  anyCorrection,
  anyEvent,
  anyPast,
  DAY,
  MINUTE,
  NOW,
  notForMe,
  packOf,
  purchase,
  removeFromCart,
  view,
  wishlist,
} from "../../testing/fixtures.ts";
import { createHistory } from "../events/foldHistory.ts";
import type { ShopperHistory } from "../events/history.ts";
import type { ShopEvent } from "../events/shopEvent.ts";
import { INPUTS } from "../network/network.ts";
import { score } from "../network/score.ts";
import { type Catalog, createCatalog, type Product } from "../shop/catalog.ts";
import type { ItemPack } from "../shop/itemPack.ts";
import { PRIOR_WEIGHTS } from "../shop/priorWeights.ts";
import { inputsOf } from "./features.ts";
import { shopperContextOf } from "./shopperContext.ts";

/**
 * What a product says about its kind: the inputs of its twin, which nobody ever touched. Nothing else in
 * the shop is like the two but for the price, which is the same everywhere, and the crowd goes to the
 * twin from nowhere else: so nothing else speaks of the twin.
 */
const KIND: Omit<Product, "id"> = {
  title: "silver kettle",
  categoryPath: ["Tea", "Kettles"],
  brand: "Kessel",
  priceMinor: 4900,
  currency: "EUR",
};

interface Setting {
  catalog: Catalog;
  pack: ItemPack;
  past: ShopEvent[];
}

const anySetting: fc.Arbitrary<Setting> = anyShop.chain(({ catalog: { products: others } }) => {
  const products = others.map((product) => ({ ...product, priceMinor: KIND.priceMinor }));
  const [touched, twin] = ["touched", "twin"].map((id) => ({ ...KIND, id }));
  const catalog = createCatalog([...products, touched!, twin!]);
  const pack = packOf(catalog, [["touched", "twin", 200]], { twin: 40 });
  const named = createCatalog([...products.slice(0, 12), touched!]);
  const anyAct = fc.oneof(
    anyEvent(createCatalog([touched!])),
    anyEvent(named),
    anyCorrection(named),
  );
  const past = fc.oneof(anyPast(named, 40, anyAct), fc.array(anyAct, { maxLength: 40 }));
  const kept = fc.subarray([addToCart("touched", NOW), wishlist("touched", NOW)]);
  return fc.tuple(past, kept).map(([events, more]) => {
    return { catalog, pack, past: [...events, ...more] };
  });
});

const anyTime = fc.oneof(fc.constant(NOW), fc.integer({ min: NOW - 400 * DAY, max: NOW }));

function historyOf({ catalog }: Pick<Setting, "catalog">, events: readonly ShopEvent[]) {
  const history = createHistory(catalog);
  for (const event of events) history.apply(event);
  return history;
}

/** The pull of the crowd and the content fit of the twin. */
function signalOf({ catalog, pack }: Setting, history: ShopperHistory): readonly number[] {
  const context = shopperContextOf(history, { catalog, pack, at: NOW + DAY });
  const [coVisitation, , contentFit] = inputsOf(context, [catalog.rowOf("twin")!]);
  return [coVisitation!, contentFit!];
}

const look = (dwellMs: number, at: number): ShopEvent => ({
  type: "dwell",
  productId: "touched",
  dwellMs,
  at,
});
const rating = (stars: number, at: number): ShopEvent => ({
  type: "rate",
  productId: "touched",
  stars,
  at,
});
/** The cart as the shop shows it: what was in it of other products, and so many of this one. */
function shownCart({ catalog }: Setting, { cart }: ShopperHistory, quantity: number): ShopEvent {
  const items = Array.from(cart, ([row, units]) => ({
    productId: catalog.products[row]!.id,
    quantity: units,
  }));
  const others = items.filter(({ productId }) => productId !== "touched");
  const shown = quantity === 0 ? [] : [{ productId: "touched", quantity }];
  return { type: "cart", at: NOW, items: [...others, ...shown] };
}

/** How the twin's inputs change by an act, at any time after any past. */
function expectChange(
  acts: (at: number, quantity: number, setting: Setting) => ShopEvent[],
  isSound: (after: number, before: number) => boolean,
): void {
  let changed = 0;
  fc.assert(
    fc.property(anySetting, anyTime, fc.integer({ min: 1, max: 5 }), (setting, at, quantity) => {
      const before = signalOf(setting, historyOf(setting, setting.past));
      const events = [...setting.past, ...acts(at, quantity, setting)];
      const after = signalOf(setting, historyOf(setting, events));
      after.forEach((value, input) => {
        if (value !== before[input]) changed++;
        if (!isSound(value, before[input]!)) expect([value, input]).toEqual([before[input], input]);
      });
    }),
    { numRuns: 400, seed: 161 },
  );
  expect(changed).toBeGreaterThan(10);
}

/** In single precision, as inputs are stored. */
const ROUNDING = 1e-7;

describe("for a fixed past, the taste signal is never lowered by", () => {
  it.each<[string, (at: number, quantity: number) => ShopEvent[]]>([
    ["a look", (at) => [view("touched", at)]],
    ["a long look", (at) => [look(60_000, at)]],
    ["a save", (at) => [wishlist("touched", at)]],
    ["a cart", (at, quantity) => [addToCart("touched", at, quantity)]],
    ["a purchase", (at) => [purchase(["touched"], at)]],
    ["five stars", (at) => [rating(5, at)]],
  ])("%s", (_, acts) => {
    expectChange(acts, (after, before) => after >= before - ROUNDING);
  });

  it("a look that is longer than another", () => {
    fc.assert(
      fc.property(anySetting, anyTime, fc.nat(90_000), fc.nat(90_000), (setting, at, one, two) => {
        const [short, long] = [Math.min(one, two), Math.max(one, two)].map((dwellMs) =>
          signalOf(setting, historyOf(setting, [...setting.past, look(dwellMs, at)])),
        );
        long!.forEach((value, input) => {
          expect(value).toBeGreaterThanOrEqual(short![input]!);
        });
      }),
      { numRuns: 300, seed: 162 },
    );
  });
});

describe("for a fixed past, the taste signal is never raised by", () => {
  it.each<[string, (at: number, quantity: number, setting: Setting) => ShopEvent[]]>([
    ["removing", (at, quantity) => [removeFromCart("touched", at, quantity)]],
    [
      "a cart that shows none of it",
      (_at, _quantity, setting) => [shownCart(setting, historyOf(setting, setting.past), 0)],
    ],
    ["un-saving", (at) => [wishlist("touched", at, false)]],
    ["one star", (at) => [rating(1, at)]],
    ["not for me", (at) => [notForMe("touched", at)]],
  ])("%s", (_, acts) => {
    expectChange(acts, (after, before) => after <= before + ROUNDING);
  });
});

/** The four inputs of every product. */
function inputsOfAll({ catalog, pack }: Setting, history: ShopperHistory): Float32Array {
  const context = shopperContextOf(history, { catalog, pack, at: NOW + DAY });
  return inputsOf(context, [...catalog.products.keys()]);
}

describe("an act and its undo leave exactly what was there before:", () => {
  const order = (at: number, quantity: number): ShopEvent => ({
    type: "purchase",
    orderId: "taken back",
    at,
    items: [{ productId: "touched", quantity }],
  });
  const unitsInCart = (history: ShopperHistory, row: number) =>
    history.isInCart(row, NOW) ? history.cart.get(row)! : 0;
  const isFree = (list: "wishlist" | "hidden") => (history: ShopperHistory, row: number) =>
    !history[list].has(row);

  it.each<
    [
      string,
      (quantity: number, setting: Setting, before: ShopperHistory) => ShopEvent[],
      (history: ShopperHistory, row: number) => boolean,
    ]
  >([
    ["save", () => [wishlist("touched", NOW), wishlist("touched", NOW, false)], isFree("wishlist")],
    ["hide", () => [notForMe("touched", NOW), notForMe("touched", NOW, false)], isFree("hidden")],
    [
      "cart",
      (quantity) => [addToCart("touched", NOW, quantity), removeFromCart("touched", NOW, quantity)],
      () => true,
    ],
    [
      "cart, seen in the cart that the shop shows",
      (quantity, setting, before) => [
        addToCart("touched", NOW, quantity),
        shownCart(setting, before, unitsInCart(before, setting.catalog.rowOf("touched")!)),
      ],
      () => true,
    ],
  ])("%s", (_, acts, isPossible) => {
    let checked = 0;
    fc.assert(
      fc.property(anySetting, fc.integer({ min: 1, max: 5 }), (setting, quantity) => {
        const before = historyOf(setting, setting.past);
        if (!isPossible(before, setting.catalog.rowOf("touched")!)) return;
        checked++;
        const left = historyOf(setting, [...setting.past, ...acts(quantity, setting, before)]);
        expect(left.recent).toEqual(before.recent);
        expect(left.disliked).toEqual(before.disliked);
        expect(left.interactions).toBe(before.interactions);
        expect(inputsOfAll(setting, left)).toEqual(inputsOfAll(setting, before));
      }),
      { numRuns: 400, seed: 163 },
    );
    expect(checked).toBeGreaterThan(150);
  });

  it("purchase, of whose kind nothing is said once it was returned", () => {
    fc.assert(
      fc.property(anySetting, fc.integer({ min: 1, max: 5 }), (setting, quantity) => {
        const before = historyOf(setting, setting.past);
        const left = historyOf(setting, [
          ...setting.past,
          order(NOW, quantity),
          { type: "refund", at: NOW, orderId: "taken back" },
        ]);
        expect(left.recent).toEqual(before.recent);
        expect(left.disliked).toEqual(before.disliked);
        expect(signalOf(setting, left)).toEqual(signalOf(setting, before));
      }),
      { numRuns: 300, seed: 164 },
    );
  });

  it("whatever came between them", () => {
    const anyBetween = anySetting.chain((setting) =>
      anyPast(createCatalog(setting.catalog.products.slice(0, 12)), 20).map((between) => ({
        setting,
        between,
      })),
    );
    fc.assert(
      fc.property(anyBetween, ({ setting, between }) => {
        const row = setting.catalog.rowOf("touched")!;
        const before = historyOf(setting, setting.past);
        if (before.hidden.has(row) || before.wishlist.has(row)) return;
        const log = (acts: ShopEvent[], undo: ShopEvent[]) =>
          historyOf(setting, [...setting.past, ...acts, ...between, ...undo]);
        const never = log([], []);
        const acts = [wishlist("touched", NOW), notForMe("touched", NOW)];
        const undo = [notForMe("touched", NOW, false), wishlist("touched", NOW, false)];
        const left = log(acts, undo);
        expect(left.interactions).toBe(never.interactions);
        expect(inputsOfAll(setting, left)).toEqual(inputsOfAll(setting, never));
      }),
      { numRuns: 300, seed: 165 },
    );
  });
});

describe("the log-odds of a sibling, under the shipped weights,", () => {
  const others = ["red bowl", "brass lamp", "blue vase"].map(
    (title, index): Product => ({
      id: title,
      title,
      categoryPath: ["Living", `Part ${index}`],
      priceMinor: 900 + 4000 * index,
      currency: "EUR",
    }),
  );
  const sibling = { ...KIND, id: "sibling", title: "copper kettle", priceMinor: 5900 };
  const catalog = createCatalog([{ ...KIND, id: "touched" }, sibling, ...others]);
  const pack = packOf(catalog, [["touched", "sibling", 200]], { touched: 90, sibling: 60 });
  const network = { weights: Float32Array.from(PRIOR_WEIGHTS), activation: "relu" } as const;

  function logOddsAfter(...events: ShopEvent[]): number {
    const context = shopperContextOf(historyOf({ catalog }, events), {
      catalog,
      pack,
      at: NOW + 10 * MINUTE,
    });
    const inputs = inputsOf(context, [catalog.rowOf("sibling")!]);
    expect(inputs).toHaveLength(INPUTS);
    return score([network], inputs)[0]!;
  }

  const looked = view("touched", NOW);
  const bought = purchase(["touched"], NOW + 3);
  const hidden = notForMe("touched", NOW + 4);
  const figures = {
    look: logOddsAfter(looked),
    "look, a minute's stay": logOddsAfter(looked, look(60_000, NOW + 1)),
    bought: logOddsAfter(looked, bought),
    "bought, five stars": logOddsAfter(looked, bought, rating(5, NOW + 4)),
    "bought, one star": logOddsAfter(looked, bought, rating(1, NOW + 4)),
    "bought, looked at again": logOddsAfter(looked, bought, view("touched", NOW + 4)),
    carted: logOddsAfter(looked, addToCart("touched", NOW + 2)),
    "carted, removed": logOddsAfter(
      looked,
      addToCart("touched", NOW + 2),
      removeFromCart("touched", NOW + 3),
    ),
    "not for me": logOddsAfter(looked, hidden),
    "not for me, undone": logOddsAfter(looked, hidden, notForMe("touched", NOW + 5, false)),
    "one star": logOddsAfter(looked, rating(1, NOW + 4)),
    nothing: logOddsAfter(),
  };

  it("rises with a stay after a look, five stars after a purchase, and another look", () => {
    console.log(figures);
    expect(figures["look, a minute's stay"]).toBeGreaterThan(figures.look);
    expect(figures["bought, five stars"]).toBeGreaterThan(figures.bought);
    expect(figures["bought, looked at again"]).toBeGreaterThan(figures.bought);
    expect(figures.bought).toBeGreaterThan(figures.carted);
  });

  it("is as before once a line was removed, or a hidden product restored", () => {
    expect(figures["carted, removed"]).toBe(figures.look);
    expect(figures["not for me, undone"]).toBe(figures.look);
    expect(figures.carted).toBeGreaterThan(figures.look);
  });

  it("sinks below that of an unknown kind by a no, also to what was bought", () => {
    expect(figures["not for me"]).toBeLessThan(figures.nothing);
    expect(figures["one star"]).toBeLessThan(figures.nothing);
    expect(figures["bought, one star"]).toBeLessThan(figures.nothing);
  });
});
