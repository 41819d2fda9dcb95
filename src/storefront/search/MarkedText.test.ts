import { describe, expect, it } from "vitest";
import { partsOf } from "./MarkedText.tsx";

describe("a text with its matches marked", () => {
  it.each([
    ["Coffee & Tea", ["coff"], "[Coff]ee & Tea"],
    ["Decaf coffee beans", ["coffee", "be"], "Decaf [coffee] [be]ans"],
    ["Café au lait", ["cafe"], "[Café] au lait"],
    ["Coffees", ["cof", "coffee"], "[Coffee]s"],
    ["咖啡与茶", ["咖啡"], "[咖啡]与茶"],
    ["Decoffee", ["coff"], "Decoffee"],
    ["", ["coff"], ""],
    ["Tea", [], "Tea"],
  ])("%j searched for %j is %j", (text, words, marked) => {
    const parts = partsOf(text, words);
    expect(parts.map(({ part, isMatch }) => (isMatch ? `[${part}]` : part)).join("")).toBe(marked);
  });
});
