import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { PurchasedItem, ShopEvent } from "../events/shopEvent.ts";
import { createCatalog } from "../shop/catalog.ts";
import { createOrderLedger, DAY_MS, RETENTION_DAYS } from "./orderLedger.ts";

const catalog = createCatalog(
  ["tea", "cup"].map((id, index) => ({
    id,
    title: id,
    categoryPath: [],
    priceMinor: 500 * (index + 1),
    currency: "EUR",
  })),
);
const TODAY = 20_000;

const ONE_TEA: PurchasedItem = { productId: "tea", quantity: 1 };

function refund(orderId: string, items?: PurchasedItem[]): ShopEvent {
  return { type: "refund", orderId, at: (TODAY - 1) * DAY_MS, ...(items && { items }) };
}

function order(
  day: number,
  items: PurchasedItem[] = [{ productId: "tea", quantity: 1 }],
  hour = 12,
): ShopEvent {
  return { type: "purchase", orderId: `${day} ${hour}`, at: (day + hour / 24) * DAY_MS, items };
}

function summaryOf(events: readonly ShopEvent[], day = TODAY) {
  const ledger = createOrderLedger(catalog);
  for (const event of events) ledger.apply(event);
  return ledger.summary(day * DAY_MS);
}

const days = fc.uniqueArray(fc.integer({ min: TODAY - RETENTION_DAYS + 1, max: TODAY }), {
  minLength: 1,
  maxLength: 40,
});

describe("the order ledger", () => {
  it("knows nothing before the first order", () => {
    expect(summaryOf([{ type: "view", productId: "tea", at: TODAY * DAY_MS }])).toBeUndefined();
  });

  it("counts repeats and weeks, and values repeats apart from the first order", () => {
    const orders = [
      order(TODAY - 70, [{ productId: "cup", quantity: 3 }]),
      order(TODAY - 35),
      order(TODAY - 14, [{ productId: "tea", quantity: 4 }]),
    ];
    expect(summaryOf(orders)).toEqual({
      repeats: 2,
      lastWeek: 8,
      weeks: 10,
      repeatValues: { orders: 2, mean: 12.5 },
      allValues: { orders: 3, mean: (30 + 5 + 20) / 3 },
      periods: [1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
    });
  });

  it("takes orders of one day as one", () => {
    const summary = summaryOf([order(TODAY - 7, undefined, 1), order(TODAY - 7, undefined, 23)]);
    expect(summary).toMatchObject({ repeats: 0, allValues: { orders: 1, mean: 10 } });
  });

  it("counts the price that was paid, else what the catalog asks, and nothing for unknown products", () => {
    const summary = summaryOf([
      order(TODAY, [
        { productId: "tea", quantity: 2, priceMinor: 350 },
        { productId: "cup", quantity: 1 },
        { productId: "gone", quantity: 9 },
      ]),
    ]);
    expect(summary?.allValues.mean).toBe(17);
  });

  it.each<[string, ShopEvent[], number | undefined]>([
    ["a whole order", [refund("a")], 5],
    ["all units of a product", [refund("a", [{ productId: "tea", quantity: 2 }])], (10 + 5) / 2],
    ["some units", [refund("a", [{ productId: "tea", quantity: 1 }])], (15 + 5) / 2],
    ["units in two steps", [refund("a", [ONE_TEA]), refund("a", [ONE_TEA])], (10 + 5) / 2],
    ["more than was bought", [refund("a", [{ productId: "tea", quantity: 9 }])], (10 + 5) / 2],
    ["another order", [refund("x")], (20 + 5) / 2],
    ["another product", [refund("a", [{ productId: "gone", quantity: 1 }])], (20 + 5) / 2],
    ["everything", [refund("a"), refund("b")], undefined],
  ])("subtracts a refund of %s, whenever it arrives", (_, refunds, mean) => {
    const bought: ShopEvent[] = [
      {
        type: "purchase",
        orderId: "a",
        at: (TODAY - 9) * DAY_MS,
        items: [
          { productId: "tea", quantity: 2 },
          { productId: "cup", quantity: 1 },
        ],
      },
      { type: "purchase", orderId: "b", at: (TODAY - 5) * DAY_MS, items: [ONE_TEA] },
    ];
    for (const events of [
      [...bought, ...refunds],
      [...refunds, ...bought],
    ]) {
      expect(summaryOf(events)?.allValues.mean).toBe(mean);
    }
  });

  it("does not depend on the order in which events arrive", () => {
    fc.assert(
      fc.property(days, fc.integer({ min: 1, max: 1000 }), (own, seed) => {
        const mixed = own.toSorted((left, right) => ((left * seed) % 37) - ((right * seed) % 37));
        expect(summaryOf(mixed.map((day) => order(day)))).toEqual(
          summaryOf(own.toSorted((a, b) => a - b).map((day) => order(day))),
        );
      }),
      { seed: 10 },
    );
  });

  it("forgets by refolding: without an order it says what it would have said without it", () => {
    fc.assert(
      fc.property(days, fc.nat(39), (own, which) => {
        const erased = own[which % own.length]!;
        const left = own.filter((day) => day !== erased).map((day) => order(day));
        const summary = summaryOf(left);
        expect(summary?.repeats ?? -1).toBe(own.length - 2);
        expect(JSON.stringify(summary)).not.toBe(
          JSON.stringify(summaryOf(own.map((day) => order(day)))),
        );
      }),
      { seed: 11 },
    );
  });

  it("looks back as far as events may be kept, and never ahead", () => {
    const recent = [order(TODAY - 20), order(TODAY - 3)];
    const all = [order(TODAY - RETENTION_DAYS), ...recent, order(TODAY + 1)];
    expect(summaryOf(all)).toEqual(summaryOf(recent));
  });

  it("stays small however long a shopper keeps ordering", () => {
    const orders = Array.from({ length: 5000 }, (_, index) => order(TODAY - 5000 + index));
    const summary = summaryOf(orders, TODAY - 1)!;
    expect(summary.repeats).toBe(RETENTION_DAYS - 1);
    expect(summary.weeks).toBe((RETENTION_DAYS - 1) / 7);
  });
});
