import { expect, it } from "vitest";
import { functionsOf, lengthsOf } from "./functionLengths.ts";
import { readModule } from "./modules.ts";

const TEXT = `import { a } from "./a.ts";

export function long(one: number, two = 2, ...rest: number[]): number {
  const inner = () => one;
  return inner() + two + rest.length;
}

class Shop {
  open(): void {
  }
}
`;

it("measures functions, methods and arrows by lines and parameters", () => {
  expect(functionsOf(readModule("shop.ts", TEXT))).toEqual([
    { place: "shop.ts:3", lines: 4, parameters: 3 },
    { place: "shop.ts:4", lines: 1, parameters: 0 },
    { place: "shop.ts:9", lines: 2, parameters: 0 },
  ]);
});

it("summarizes lengths as median, 90th percentile and maximum", () => {
  const functions = Array.from({ length: 11 }, (_, index) => ({
    place: "",
    lines: 11 - index,
    parameters: 0,
  }));
  expect(lengthsOf(functions)).toEqual({ median: 6, p90: 10, max: 11 });
  expect(lengthsOf([])).toEqual({ median: 0, p90: 0, max: 0 });
});

it("names the file with a syntax error", () => {
  expect(() => readModule("broken.ts", "const = 1;")).toThrow("broken.ts");
});
