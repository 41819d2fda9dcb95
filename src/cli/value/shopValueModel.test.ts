import { describe, expect, it } from "vitest";
import { createRandom } from "../../engine/kit/random.ts";
import { forecast, HORIZONS } from "../../engine/value/forecast.ts";
import { DEFAULT_VALUE_MODEL } from "../../engine/value/valueModel.ts";
import { madeUpOrders } from "../../testing/madeUpOrders.ts";
import { heldOutShoppers } from "./orderBook.ts";
import { MIN_SHOPPERS, shopValueModel } from "./shopValueModel.ts";

const SHOP = {
  shoppers: MIN_SHOPPERS,
  joiningDays: 300,
  days: 540,
  bgNbd: { r: 0.8, alpha: 6, a: 0.7, b: 2.5 },
  gammaGamma: { p: 6.25, q: 3.74, v: 15.44 },
};

describe("a shop's value model", () => {
  it("is the default one where the log has too few shoppers", () => {
    const book = madeUpOrders({ ...SHOP, shoppers: MIN_SHOPPERS - 1 }, createRandom(41));
    expect(shopValueModel(book)).toEqual({
      model: DEFAULT_VALUE_MODEL,
      shoppers: MIN_SHOPPERS - 1,
      isFitted: false,
    });
  });

  it("is fitted for every horizon, with figures of the latest window beside the baselines'", () => {
    const book = madeUpOrders(SHOP, createRandom(42));
    const { model, isFitted, heldOut } = shopValueModel(book);
    expect(isFitted).toBe(true);
    expect(Object.keys(model.corrections).map(Number)).toEqual([...HORIZONS]);
    expect(model.season.factors).toHaveLength(13);
    expect(heldOut!.map(({ name }) => name)).toContain("rate so far");
    const today = Math.floor(book.lastDay);
    for (const { summary } of heldOutShoppers(book, { today, days: 0 })) {
      for (const days of HORIZONS) {
        const { orders, value, returns } = forecast(model, summary, { today, days });
        expect(orders).toBeGreaterThan(0);
        expect(value).toBeGreaterThan(0);
        expect(Number.isFinite(orders + value)).toBe(true);
        expect(returns).toBeLessThanOrEqual(1);
      }
    }
  });
});
