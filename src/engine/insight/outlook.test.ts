import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ShopEvent } from "../events/shopEvent.ts";
import { createCatalog } from "../shop/catalog.ts";
import { outlookOf } from "./outlook.ts";

const DAY_MS = 86_400_000;
const TODAY = 20_000;
const at = TODAY * DAY_MS + 9 * 3_600_000;
const catalog = createCatalog([
  { id: "tea", title: "Tea", categoryPath: ["Tea"], priceMinor: 1250, currency: "EUR" },
]);
const sources = { catalog, at };

function order(daysAgo: number, quantity = 2): ShopEvent {
  const items = [{ productId: "tea", quantity }];
  return { type: "purchase", items, orderId: `o${daysAgo}`, at: at - daysAgo * DAY_MS };
}

describe("an outlook", () => {
  it("is empty before the first order, whatever else was done", () => {
    const view: ShopEvent = { type: "view", productId: "tea", at };
    expect(outlookOf([view], sources)).toEqual({
      basis: undefined,
      active: undefined,
      horizons: [],
    });
  });

  it("names the orders that it rests on", () => {
    const { basis } = outlookOf([order(3, 4), order(40), order(40)], sources);
    expect(basis).toEqual({
      orderDays: 2,
      firstOrder: (TODAY - 40) * DAY_MS,
      lastOrder: (TODAY - 3) * DAY_MS,
      meanValueMinor: 5000, // 2 × 2 × 12.50 on one day, 4 × 12.50 on the other.
      currency: "EUR",
    });
  });

  it("knows a shopper by the first order until there is a second", () => {
    const small = outlookOf([order(5, 1)], sources).horizons[0]!.valueMinor.mean;
    const large = outlookOf([order(5, 40)], sources).horizons[0]!.valueMinor.mean;
    expect(large).toBeGreaterThan(5 * small);
  });

  it("grows with the horizon, and its means lie within what can be", () => {
    const pasts = fc.uniqueArray(fc.integer({ min: 0, max: 390 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(pasts, (days) => {
        const { active, horizons } = outlookOf(
          days.map((day) => order(day)),
          sources,
        );
        expect(active).toBeGreaterThan(0);
        expect(active).toBeLessThanOrEqual(1);
        for (const [index, { orders, valueMinor, returns }] of horizons.entries()) {
          for (const { low, high } of [orders, valueMinor]) {
            expect(low).toBeGreaterThanOrEqual(0);
            expect(high).toBeGreaterThanOrEqual(low);
          }
          expect(returns).toBeLessThanOrEqual(1);
          const before = horizons[index - 1];
          if (before === undefined) continue;
          expect(orders.mean).toBeGreaterThanOrEqual(before.orders.mean);
          expect(returns).toBeGreaterThanOrEqual(before.returns);
        }
      }),
      { seed: 20, numRuns: 60 },
    );
  });

  it("holds its mean between low and high for a shopper who orders every week", () => {
    const weekly = Array.from({ length: 40 }, (_, week) => order(7 * week));
    for (const { orders, valueMinor } of outlookOf(weekly, sources).horizons) {
      for (const { mean, low, high } of [orders, valueMinor]) {
        expect(mean).toBeGreaterThanOrEqual(low);
        expect(mean).toBeLessThanOrEqual(high);
      }
    }
  });

  it("is the same each time it is asked", () => {
    expect(outlookOf([order(3), order(30)], sources)).toEqual(
      outlookOf([order(3), order(30)], sources),
    );
  });
});
