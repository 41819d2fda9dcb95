import { describe, expect, it } from "vitest";
import type { LogEvent } from "./logRow.ts";
import { refundedPurchases } from "./refundedPurchases.ts";

/** "ann +2 mug": Ann buys two mugs; "ann -1 mug": she returns one. Each a day later than the last. */
function events(text: string): LogEvent[] {
  return text.split(", ").map((deed, day) => {
    const [userId = "", units = "", productId = ""] = deed.split(" ");
    return {
      userId: userId === "?" ? "" : userId,
      sessionId: userId === "?" ? "s" : `s${day}`,
      at: day * 86_400_000,
      type: Number(units) < 0 ? "refund" : "purchase",
      productId,
      quantity: Math.abs(Number(units)),
    };
  });
}

describe("a refund", () => {
  it.each([
    ["takes back the purchase before it", "ann +1 mug, ann -1 mug", [0]],
    ["takes back the last of several", "ann +1 mug, ann +1 mug, ann -1 mug", [1]],
    ["of some units leaves the purchase", "ann +6 mug, ann -2 mug", []],
    ["adds up with others", "ann +6 mug, ann -2 mug, ann -4 mug", [0]],
    ["reaches into the purchase before", "ann +1 mug, ann +1 mug, ann -2 mug", [0, 1]],
    ["takes back nothing that is bought later", "ann -1 mug, ann +1 mug", []],
    ["lets the product be bought again", "ann +1 mug, ann -1 mug, ann +1 mug", [0]],
    ["of more than was bought takes back all of it", "ann +1 mug, ann -9 mug, ann +1 mug", [0]],
    ["is the shopper's own", "ann +1 mug, bob -1 mug", []],
    ["is of its own product", "ann +1 mug, ann -1 cup", []],
    ["of a nameless shopper belongs to the session", "? +1 mug, ann -1 mug, ? -1 mug", [0]],
  ])("%s: %s", (_, text, expected) => {
    const all = events(text);
    const found = refundedPurchases(all);
    expect(all.flatMap((event, at) => (found.has(event) ? [at] : []))).toEqual(expected);
  });
});
