import { describe, expect, it } from "vitest";
import { mistakesIn } from "./mistakes.ts";

describe("mistakes in what was typed", () => {
  it.each([
    ["tnet", "tent", 1],
    ["kofee", "coffee", 1],
    ["fone", "phone", 1],
    ["nappys", "nappy", 1],
    ["esperso", "espresso", 2],
    ["ocffee", "coffee", 1],
    ["seramic", "ceramic", 2],
  ])("%j for %j are %j", (typed, word, mistakes) => {
    expect(mistakesIn(typed, word)).toBe(mistakes);
  });

  it.each([
    ["sofa", "soap", "two letters of four"],
    ["best", "vest", "the first letter of a short word"],
    ["tee", "tea", "a word too short to guess at"],
    ["2400", "240", "a number"],
    ["xylophone", "headphones", "another word"],
  ])("%j never stand for %j: %s", (typed, word) => {
    expect(mistakesIn(typed, word)).toBe(Number.POSITIVE_INFINITY);
  });
});
