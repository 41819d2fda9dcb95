import { describe, expect, it } from "vitest";
import { createRandom } from "../kit/random.ts";
import { expectedOrders, returnChance } from "./bgNbd.ts";
import { drawFutures, gamma, quantile } from "./drawFutures.ts";
import { expectedOrderValue } from "./gammaGamma.ts";
import { DEFAULT_VALUE_MODEL } from "./valueModel.ts";

const { bgNbd, gammaGamma } = DEFAULT_VALUE_MODEL;
const DRAWS = 40_000;

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Standard errors between the mean of the draws and what it should be. */
function distance(values: readonly number[], expected: number): number {
  const average = mean(values);
  const variance = mean(values.map((value) => (value - average) ** 2));
  return Math.abs(average - expected) / Math.sqrt(variance / values.length);
}

const SHOPPERS = [
  { repeats: 0, lastWeek: 0, weeks: 3, repeatValues: { orders: 0, mean: 0 } },
  { repeats: 1, lastWeek: 2, weeks: 30, repeatValues: { orders: 1, mean: 80 } },
  { repeats: 6, lastWeek: 40, weeks: 44, repeatValues: { orders: 6, mean: 35 } },
  { repeats: 20, lastWeek: 50, weeks: 52, repeatValues: { orders: 20, mean: 12 } },
];

describe("drawn futures", () => {
  it.each(SHOPPERS)("have the mean of the formulas after $repeats repeats", (shopper) => {
    for (const weeks of [4, 26]) {
      const options = { weeks, draws: DRAWS, random: createRandom(3) };
      const futures = drawFutures({ bgNbd, gammaGamma }, shopper, options);
      const orders = expectedOrders(bgNbd, shopper, weeks);
      const value = orders * expectedOrderValue(gammaGamma, shopper.repeatValues);
      const returns = returnChance(bgNbd, shopper, weeks);
      expect(
        distance(
          futures.map((future) => future.orders),
          orders,
        ),
      ).toBeLessThan(4);
      expect(
        distance(
          futures.map((future) => future.value),
          value,
        ),
      ).toBeLessThan(4);
      const came = futures.map((future) => (future.orders > 0 ? 1 : 0));
      expect(distance(came, returns)).toBeLessThan(4);
    }
  });

  it("are the same for the same seed", () => {
    const draw = () =>
      drawFutures({ bgNbd, gammaGamma }, SHOPPERS[1]!, {
        weeks: 13,
        draws: 50,
        random: createRandom(9),
      });
    expect(draw()).toEqual(draw());
  });
});

it.each([0.2, 1, 7.5])("a gamma variable of shape %s has that mean and variance", (shape) => {
  const random = createRandom(5);
  const values = Array.from({ length: DRAWS }, () => gamma(shape, random));
  expect(distance(values, shape)).toBeLessThan(4);
  const squares = values.map((value) => (value - shape) ** 2);
  expect(distance(squares, shape)).toBeLessThan(4);
});

it("a quantile is a value that occurs", () => {
  expect([0, 0.1, 0.5, 0.51, 1].map((share) => quantile([1, 2, 3, 4], share))).toEqual([
    1, 1, 2, 3, 4,
  ]);
});
