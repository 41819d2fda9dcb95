import { describe, expect, it } from "vitest";
import { fixtureCatalog } from "../../testing/fixtures.ts";
import { FieldError } from "../kit/fields.ts";
import { createRuleBook } from "./ruleBook.ts";

const catalog = fixtureCatalog();
const row = (id: string) => catalog.rowOf(id)!;
const PIN = { type: "pin", productIds: ["b6"] };
const BOOST = { type: "boost", productIds: ["g3"], logOdds: 2, strategies: ["trending"] };

describe("a shop's rules", () => {
  it("apply to the shelves they are for", () => {
    const book = createRuleBook([PIN, BOOST], catalog);
    const forYou = book.rulesOf("for-you")!;
    expect(forYou.pinned).toEqual([row("b6")]);
    expect(forYou.liftOf(row("g3"))).toBe(0);
    expect(book.rulesOf("trending")!.liftOf(row("g3"))).toBe(2);
    expect(book.rulesOf("recently-viewed")).toBeUndefined();
  });

  it("are compiled once for each strategy", () => {
    const book = createRuleBook([PIN], catalog);
    expect(book.rulesOf("for-you")).toBe(book.rulesOf("for-you"));
    expect(book.rulesOf("for-you", [])).toBe(book.rulesOf("for-you"));
    expect(book.rulesOf("new")).not.toBe(book.rulesOf("for-you"));
  });

  it("come before those of a request, which apply to that request alone", () => {
    const book = createRuleBook([PIN], catalog);
    const own = [{ type: "pin", productIds: ["k1"] }];
    expect(book.rulesOf("for-you", own)!.pinned).toEqual([row("b6"), row("k1")]);
    expect(book.rulesOf("for-you")!.pinned).toEqual([row("b6")]);
    expect(createRuleBook([], catalog).rulesOf("for-you")).toBeUndefined();
  });

  it("produce a warning for each rule that matches nothing, and refuse malformed rules by field name", () => {
    const lost = { type: "bury", brand: "Nobody" };
    const { warnings } = createRuleBook([PIN, lost], catalog);
    expect(warnings.map(({ params }) => params)).toEqual([{ index: 1, type: "bury" }]);
    expect(() => createRuleBook([{ type: "hide" }], catalog)).toThrow(FieldError);
    expect(() => createRuleBook([], catalog).rulesOf("for-you", [lost, 3])).toThrow('"rules[1]"');
  });
});
