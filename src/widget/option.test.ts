import { describe, expect, it } from "vitest";
import { type Option, readOptions } from "./option.ts";
import { SHELF_OPTION_TEXTS, TAG_OPTION_TEXTS } from "./optionTexts.ts";
import { SHELF_OPTIONS } from "./shelfOptions.ts";
import { rulesOf } from "./shelfRules.ts";
import { TAG_OPTIONS } from "./tagOptions.ts";

function read(texts: Record<string, string>) {
  const problems: string[] = [];
  const values = readOptions(
    SHELF_OPTIONS,
    (name) => texts[name],
    (problem) => problems.push(problem),
  );
  return { values, problems };
}

describe("options", () => {
  it("have the value of the attribute, or the initial value if it is missing", () => {
    const { values, problems } = read({
      limit: "4",
      imageRatio: "3:4",
      pin: "a, b",
      show: "price",
    });
    expect(values).toMatchObject({
      strategy: "for-you",
      limit: 4,
      imageRatio: 0.75,
      pin: ["a", "b"],
      show: ["price"],
    });
    expect(problems).toEqual([]);
  });

  it("report an invalid value, and continue without it", () => {
    const { values, problems } = read({ limit: "many", strategy: "magic", imageRatio: "1:0" });
    expect(values).toMatchObject({ limit: 8, strategy: "for-you", imageRatio: undefined });
    expect(problems).toEqual([
      expect.stringContaining('strategy is "magic", expected one of for-you'),
      'limit is "many", expected a whole number, 1 to 200',
      expect.stringContaining('imageRatio is "1:0"'),
    ]);
  });

  it("are written as they are read", () => {
    const options: [Option<never>, unknown][] = [
      [SHELF_OPTIONS.boost as unknown as Option<never>, ["brand:Norrick", "x"]],
      [SHELF_OPTIONS.show as unknown as Option<never>, []],
      [SHELF_OPTIONS.minScore as unknown as Option<never>, 0.25],
    ];
    for (const [option, value] of options) {
      expect(option.read(option.write(value as never))).toEqual(value);
    }
  });

  it("are all documented", () => {
    expect(Object.keys(SHELF_OPTION_TEXTS)).toEqual(Object.keys(SHELF_OPTIONS));
    expect(Object.keys(TAG_OPTION_TEXTS)).toEqual(Object.keys(TAG_OPTIONS));
  });
});

it("a shelf's rules are written as ids, brands and category paths", () => {
  const texts = {
    pin: "a",
    bury: "category:Shoes > Trail, b",
    boost: "brand:Norrick",
    maxPerBrand: "2",
  };
  expect(rulesOf(read(texts).values)).toEqual([
    { type: "pin", productIds: ["a"] },
    { type: "boost", brand: "Norrick" },
    { type: "bury", category: ["Shoes", "Trail"] },
    { type: "bury", productIds: ["b"] },
    { type: "cap", per: "brand", max: 2 },
  ]);
});
