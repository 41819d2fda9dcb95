import { describe, expect, it } from "vitest";
import { createRandom, type Random } from "../../engine/kit/random.ts";
import { AT_LEAST_ONE, type Family, fitRegression, LOGISTIC, POISSON } from "./regression.ts";

const TRUE = [-0.4, 0.8, -0.5];
const SIZE = 20_000;

function drawPoisson(mean: number, random: Random): number {
  let count = 0;
  for (let left = Math.exp(-mean), rest = random.next(); rest > left; count++) {
    rest *= random.next();
  }
  return count;
}

function madeUp(family: Family, seed: number) {
  const random = createRandom(seed);
  const rows = Array.from({ length: SIZE }, () => [random.normal(), 3 * random.next()]);
  const offsets = rows.map(() => 0.3 * random.normal());
  const targets = rows.map(([x = 0, y = 0], index) => {
    const mean = family.mean(TRUE[0]! + TRUE[1]! * x + TRUE[2]! * y + offsets[index]!);
    return family === POISSON ? drawPoisson(mean, random) : random.next() < mean ? 1 : 0;
  });
  return { family, rows, targets, offsets };
}

describe("fitRegression", () => {
  it.each([
    ["counts", POISSON],
    ["yes or no", LOGISTIC],
    ["at least one", AT_LEAST_ONE],
  ])("finds the coefficients that made up %s", (_, family) => {
    const found = fitRegression({ ...madeUp(family, 5), ridge: 1e-6 });
    found.forEach((value, at) => {
      expect(Math.abs(value - TRUE[at]!)).toBeLessThan(0.06);
    });
  });

  it("ends where no small change of a coefficient is better", () => {
    const { family, rows, targets, offsets } = madeUp(AT_LEAST_ONE, 6);
    const found = fitRegression({ family, rows, targets, offsets, ridge: 0 });
    const lossAt = (beta: readonly number[]) =>
      rows.reduce((sum, row, index) => {
        const predictor = beta[0]! + beta[1]! * row[0]! + beta[2]! * row[1]! + offsets[index]!;
        return sum + family.loss(family.mean(predictor), targets[index]!);
      }, 0);
    const best = lossAt(found);
    for (let at = 0; at < 3; at++) {
      for (const change of [-0.01, 0.01]) {
        const beside = found.map((value, other) => (other === at ? value + change : value));
        expect(lossAt(beside)).toBeGreaterThan(best);
      }
    }
  });

  it("stays finite with a fact that never varies and one that decides everything", () => {
    const rows = [
      [1, -2],
      [1, -1],
      [1, 1],
      [1, 2],
    ];
    const found = fitRegression({ family: LOGISTIC, rows, targets: [0, 0, 1, 1] });
    expect(found.every(Number.isFinite)).toBe(true);
    expect(found[2]).toBeGreaterThan(1);
  });

  it("weighs rows as if they were there so many times", () => {
    const { family, rows, targets } = madeUp(LOGISTIC, 7);
    const some = rows.slice(0, 300);
    const twice = fitRegression({
      family,
      rows: some.flatMap((row) => [row, row, row]),
      targets: targets.slice(0, 300).flatMap((target) => [target, target, target]),
    });
    const weighed = fitRegression({
      family,
      rows: some,
      targets: targets.slice(0, 300),
      weights: some.map(() => 3),
      ridge: 3e-3,
    });
    weighed.forEach((value, at) => {
      expect(value).toBeCloseTo(twice[at]!, 6);
    });
  });
});
