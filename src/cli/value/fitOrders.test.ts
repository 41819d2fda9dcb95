import { describe, expect, it } from "vitest";
import { createRandom } from "../../engine/kit/random.ts";
import { drawGamma, madeUpOrders } from "../../testing/madeUpOrders.ts";
import { evaluateValue } from "./evaluateValue.ts";
import { fitBgNbd, fitGammaGamma } from "./fitOrders.ts";
import { heldOutShoppers } from "./orderBook.ts";

const SHOP = {
  shoppers: 12_000,
  joiningDays: 84,
  days: 1092,
  bgNbd: { r: 0.8, alpha: 6, a: 0.7, b: 2.5 },
  gammaGamma: { p: 6.25, q: 3.74, v: 15.44 },
};
describe("fits of made-up shoppers", () => {
  it("find the parameters of the order times again, within 5 %", () => {
    const book = madeUpOrders(SHOP, createRandom(21));
    const known = heldOutShoppers(book, { today: 728, days: 0 }).map(({ summary }) => summary);
    const { model } = fitBgNbd(known);
    for (const name of ["r", "alpha", "a", "b"] as const) {
      expect(Math.abs(model[name] / SHOP.bgNbd[name] - 1), name).toBeLessThan(0.05);
    }
  });

  it("find the parameters of the order values again, within 5 %", () => {
    const random = createRandom(22);
    const { p, q, v } = SHOP.gammaGamma;
    const values = Array.from({ length: 20_000 }, () => {
      const scale = drawGamma(q, random) / v;
      const orders = 1 + random.integer(8);
      // The sum of Gamma(p) values is Gamma(p · orders).
      return { orders, mean: drawGamma(p * orders, random) / scale / orders };
    });
    const { model } = fitGammaGamma(values);
    for (const name of ["p", "q", "v"] as const) {
      expect(Math.abs(model[name] / SHOP.gammaGamma[name] - 1), name).toBeLessThan(0.05);
    }
  });

  it("forecast what these shoppers go on to do: orders within 5 %, chances within 0.02", () => {
    const book = madeUpOrders({ ...SHOP, shoppers: 2000 }, createRandom(23));
    const { figures } = evaluateValue(book, { today: 728, days: 182 });
    const [ours, plain] = figures;
    expect(Math.abs(plain!.bias!)).toBeLessThan(0.05);
    expect(plain!.ece).toBeLessThan(0.02);
    expect(ours!.ece).toBeLessThan(0.02);
    // Nothing is left to correct where the model is true.
    expect(Math.abs(ours!.rho - plain!.rho)).toBeLessThan(0.01);
  });
});
