import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { expectedOrders, returnChance } from "./bgNbd.ts";
import { forecast, HORIZONS, isActiveChance, seasonAt } from "./forecast.ts";
import { expectedOrderValue } from "./gammaGamma.ts";
import { type OrderSummary, PERIOD_DAYS, summarize } from "./orderLedger.ts";
import { DEFAULT_VALUE_MODEL, type ValueModel } from "./valueModel.ts";

const TODAY = 20_000;
const shopper = fc
  .uniqueArray(fc.integer({ min: TODAY - 390, max: TODAY }), { minLength: 1, maxLength: 30 })
  .map(
    (days) =>
      summarize(
        days.map((day) => [day, 1 + (day % 50)] as const),
        TODAY,
      )!,
  );
const model = DEFAULT_VALUE_MODEL;

function withSeason(factors: readonly number[]): ValueModel {
  return { ...model, season: { fromDay: TODAY, factors } };
}

const corrected: ValueModel = {
  ...model,
  corrections: {
    28: {
      orders: [0.1, 0.9, -0.1, 0.05, -0.2, 0.2, 0.01],
      returns: [-0.4, 0.8, -0.1, 0.05, -0.2, 0.3, 0.02],
      returnSeason: 1.3,
      value: [0.2, 0.9, 0.8],
    },
  },
};

describe("a forecast", () => {
  it("is what the models say where there is neither a season nor a correction", () => {
    fc.assert(
      fc.property(shopper, (own: OrderSummary) => {
        const weeks = 4;
        const { orders, returns, value } = forecast(model, own, { today: TODAY, days: 28 });
        expect(orders).toBeCloseTo(expectedOrders(model.bgNbd, own, weeks), 9);
        expect(returns).toBeCloseTo(returnChance(model.bgNbd, own, weeks), 9);
        expect(value).toBeCloseTo(
          orders * expectedOrderValue(model.gammaGamma, own.repeatValues),
          6,
        );
      }),
      { seed: 12 },
    );
  });

  it("is finite, within bounds, and more for a longer horizon", () => {
    fc.assert(
      fc.property(shopper, (own) => {
        const all = HORIZONS.map((days) => forecast(model, own, { today: TODAY, days }));
        for (const [index, { orders, returns, value }] of all.entries()) {
          expect(returns).toBeGreaterThanOrEqual(all[index - 1]?.returns ?? 0);
          expect(returns).toBeLessThanOrEqual(isActiveChance(model, own) + 1e-12);
          expect(orders).toBeGreaterThan(all[index - 1]?.orders ?? 0);
          expect(value).toBeGreaterThan(all[index - 1]?.value ?? 0);
        }
      }),
      { seed: 13 },
    );
  });

  it("never expects less after one more order today", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: TODAY - 390, max: TODAY - 1 }), {
          minLength: 1,
          maxLength: 20,
        }),
        (days) => {
          const orders = days.map((day) => [day, 20] as const);
          const before = summarize(orders, TODAY)!;
          const after = summarize([...orders, [TODAY, 20]], TODAY)!;
          for (const horizon of HORIZONS) {
            const time = { today: TODAY, days: horizon };
            expect(forecast(model, after, time).orders).toBeGreaterThan(
              forecast(model, before, time).orders,
            );
          }
        },
      ),
      { seed: 14 },
    );
  });

  it("follows the season: proportionally more orders, and a higher chance to come back", () => {
    const own = summarize(
      [
        [TODAY - 100, 30],
        [TODAY - 20, 30],
      ],
      TODAY,
    )!;
    const time = { today: TODAY, days: 28 };
    const [usual, high] = [1, 1.5].map((factor) =>
      forecast(withSeason(new Array<number>(13).fill(factor)), own, time),
    );
    expect(high!.orders).toBeCloseTo(1.5 * usual!.orders, 9);
    expect(high!.returns).toBeGreaterThan(usual!.returns);
    expect(high!.returns).toBeLessThan(1.5 * usual!.returns);
  });

  it("takes corrections of the horizon they were learned for, and of no other", () => {
    const own = summarize(
      [
        [TODAY - 100, 30],
        [TODAY - 20, 30],
      ],
      TODAY,
    )!;
    const [month, quarter] = [28, 90].map((days) => ({
      plain: forecast(model, own, { today: TODAY, days }),
      better: forecast(corrected, own, { today: TODAY, days }),
    }));
    expect(month!.better.orders).not.toBeCloseTo(month!.plain.orders, 3);
    expect(quarter!.better).toEqual(quarter!.plain);
    expect(month!.better.returns).toBeGreaterThan(0);
    expect(month!.better.returns).toBeLessThan(1);
  });
});

describe("a season", () => {
  const factors = Array.from({ length: 13 }, (_, index) => 1 + index / 10);

  it("has its factor in the middle of a period, and the mean of two where they meet", () => {
    const season = { fromDay: TODAY, factors };
    expect(seasonAt(season, TODAY + PERIOD_DAYS / 2)).toBeCloseTo(1, 12);
    expect(seasonAt(season, TODAY + 1.5 * PERIOD_DAYS)).toBeCloseTo(1.1, 12);
    expect(seasonAt(season, TODAY + PERIOD_DAYS)).toBeCloseTo(1.05, 12);
  });

  it("comes again every 13 periods, before and after", () => {
    const day = fc.integer({ min: TODAY - 3000, max: TODAY + 3000 });
    fc.assert(
      fc.property(day, (at) => {
        const season = { fromDay: TODAY, factors };
        expect(seasonAt(season, at + 13 * PERIOD_DAYS)).toBeCloseTo(seasonAt(season, at), 9);
      }),
      { seed: 15 },
    );
  });
});
