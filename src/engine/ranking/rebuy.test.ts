import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyEvent, DAY, fixtureCatalog, NOW, purchase } from "../../testing/fixtures.ts";
import { createHistory } from "../events/foldHistory.ts";
import type { ShopEvent } from "../events/shopEvent.ts";
import { rebuyOf, urgency } from "./rebuy.ts";

const catalog = fixtureCatalog();

function rebuyAfter(events: readonly ShopEvent[], id: string) {
  const history = createHistory(catalog);
  for (const event of events) history.apply(event);
  return rebuyOf(history, catalog, catalog.rowOf(id)!);
}

/** Purchases of a product so many days ago. */
function boughtDaysAgo(id: string, ...days: number[]): ShopEvent[] {
  return days.map((ago) => purchase([id], NOW - ago * DAY));
}

function days(ms: number | undefined): number {
  return Math.round((ms ?? Number.NaN) / DAY);
}

describe("buying again", () => {
  it("applies to products that the shop marks as rebuyable or the shopper bought twice", () => {
    expect(rebuyAfter([], "k1")).toBeUndefined();
    expect(rebuyAfter(boughtDaysAgo("k1", 40), "k1")).toBeUndefined();
    expect(rebuyAfter(boughtDaysAgo("k1", 40, 20), "k1")).toMatchObject({ purchases: 2 });
    expect(rebuyAfter(boughtDaysAgo("k5", 40), "k5")).toMatchObject({ purchases: 1 });
    expect(rebuyAfter(boughtDaysAgo("b1", 40, 20), "b1")).toBeUndefined();
  });

  it("assumes a month where nothing is known", () => {
    const rebuy = rebuyAfter(boughtDaysAgo("k5", 10), "k5")!;
    expect(days(rebuy.intervalMs)).toBe(30);
    expect(days(rebuy.dueAt - NOW)).toBe(20);
  });

  it("approaches the shopper's own interval with each purchase", () => {
    const once = rebuyAfter(boughtDaysAgo("k5", 10, 0), "k5")!;
    const often = rebuyAfter(boughtDaysAgo("k5", 90, 80, 70, 60, 50, 40, 30, 20, 10, 0), "k5")!;
    expect(days(once.intervalMs)).toBe(17); // √(10 · 30)
    expect(days(often.intervalMs)).toBe(11);
    expect(often.dueAt).toBe(NOW + often.intervalMs);
  });

  it("is robust to one long break", () => {
    const rebuy = rebuyAfter(boughtDaysAgo("k5", 400, 40, 30, 20, 10, 0), "k5")!;
    expect(days(rebuy.intervalMs)).toBe(12);
  });

  it("assumes that two packs last twice as long, and treats two orders in a day as one", () => {
    const two = {
      type: "purchase" as const,
      orderId: "o",
      items: [{ productId: "k5", quantity: 2 }],
    };
    const events = [...boughtDaysAgo("k5", 20, 10), { ...two, at: NOW }];
    const single = rebuyAfter(boughtDaysAgo("k5", 20, 10, 0), "k5")!;
    expect(rebuyAfter(events, "k5")!.intervalMs).toBeCloseTo(2 * single.intervalMs, 0);
    const halves = [...boughtDaysAgo("k5", 20, 10, 0), purchase(["k5"], NOW + 3_600_000)];
    expect(rebuyAfter(halves, "k5")).toMatchObject({ purchases: 3 });
    expect(rebuyAfter(halves, "k5")!.intervalMs).toBeCloseTo(2 * single.intervalMs, 0);
  });

  it("learns the usual interval from the shopper's other products of the category", () => {
    const others = boughtDaysAgo("k1", 12, 8, 4, 0);
    const rebuy = rebuyAfter([...others, ...boughtDaysAgo("k5", 1)], "k5")!;
    expect(days(rebuy.intervalMs)).toBe(4);
    expect(
      days(
        rebuyAfter([...boughtDaysAgo("g1", 8, 4, 0), ...boughtDaysAgo("k5", 1)], "k5")!.intervalMs,
      ),
    ).toBe(30);
  });

  it("is most urgent on the due day, and less before and after", () => {
    const rebuy = { purchases: 2, lastBoughtAt: NOW, intervalMs: 10 * DAY, dueAt: NOW + 10 * DAY };
    const on = (day: number) => urgency(rebuy, NOW + day * DAY);
    expect(on(10)).toBe(1);
    expect(on(0)).toBe(0);
    expect(on(5)).toBeCloseTo(0.5);
    expect(on(20)).toBeCloseTo(0.5);
    expect(urgency(rebuy, NOW - DAY)).toBe(0);
  });

  it("uses the median of the shopper's intervals, whatever their order", () => {
    const intervalAfter = (...ago: number[]) => rebuyAfter(boughtDaysAgo("k5", ...ago), "k5")!;
    // Two intervals, of 40 and 10 days: their median 25, drawn towards a month by one part in three.
    expect(days(intervalAfter(50, 10, 0).intervalMs)).toBe(Math.round((25 ** 2 * 30) ** (1 / 3)));
    expect(days(intervalAfter(50, 40, 0).intervalMs)).toBe(Math.round((25 ** 2 * 30) ** (1 / 3)));
    // Three, of 100, 5 and 20 days: their median 20, drawn by one part in four.
    const three = Math.round((20 ** 3 * 30) ** (1 / 4));
    expect(days(intervalAfter(125, 25, 20, 0).intervalMs)).toBe(three);
  });

  it("divides the time between two orders by the units of the first", () => {
    const order = (quantity: number, ago: number): ShopEvent => ({
      type: "purchase",
      orderId: `o${ago}`,
      items: [{ productId: "k5", quantity }],
      at: NOW - ago * DAY,
    });
    // Three units lasted 60 days, one lasts 20: with a month known before, √(20 · 30).
    const { intervalMs } = rebuyAfter([order(3, 60), order(1, 0)], "k5")!;
    expect(days(intervalMs)).toBe(Math.round(Math.sqrt(20 * 30)));
  });

  it("treats orders a whole day apart as two", () => {
    expect(rebuyAfter(boughtDaysAgo("k5", 1, 0), "k5")!.purchases).toBe(2);
    expect(rebuyAfter(boughtDaysAgo("k5", 0.99, 0), "k5")!.purchases).toBe(1);
  });

  it("has finite times, in order, for any past", () => {
    let due = 0;
    const order = fc
      .tuple(fc.constantFrom("k1", "k5", "g1"), fc.nat(600))
      .map(([id, ago]) => purchase([id], NOW - ago * DAY));
    const past = fc.array(fc.oneof(order, anyEvent(catalog)), { maxLength: 60 });
    fc.assert(
      fc.property(past, (events) => {
        for (const { id } of catalog.products) {
          const rebuy = rebuyAfter(events, id);
          if (rebuy === undefined) continue;
          due++;
          expect(rebuy.intervalMs).toBeGreaterThan(0);
          expect(rebuy.dueAt).toBeGreaterThan(rebuy.lastBoughtAt);
          expect(Number.isFinite(rebuy.dueAt)).toBe(true);
        }
      }),
      { numRuns: 100, seed: 31 },
    );
    expect(due).toBeGreaterThan(50);
  });
});
