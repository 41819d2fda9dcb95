import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ShopEvent } from "../events/shopEvent.ts";
import { createVisit, pullInput } from "./visit.ts";

const pullOf = (productId: string) => ({
  rate: productId === "hit" ? 0.2 : 0.005,
  category: productId.length,
});
const view = (productId: string): ShopEvent => ({ type: "view", productId, at: 0 });
const add = (productId: string): ShopEvent => ({
  type: "add_to_cart",
  productId,
  quantity: 1,
  at: 0,
});
const remove = (productId: string): ShopEvent => ({
  type: "remove_from_cart",
  productId,
  quantity: 1,
  at: 0,
});

function inputsAfter(...events: ShopEvent[]) {
  const visit = createVisit(pullOf);
  for (const event of events) visit.apply(event);
  return visit.inputs();
}

describe("a visit", () => {
  it("begins with nothing, and showings are no steps", () => {
    expect(inputsAfter()).toEqual([0, 0, 0, 0]);
    expect(inputsAfter({ type: "impression", productIds: ["a", "b"], at: 0 })).toEqual([
      0, 0, 0, 0,
    ]);
  });

  it("grows deeper with each step", () => {
    expect(inputsAfter(view("a"))[0]).toBeCloseTo(1 / 6, 12);
    expect(inputsAfter(...new Array<ShopEvent>(5).fill(view("a")))[0]).toBe(0.5);
  });

  it("knows how long ago something went into the cart, while it is there", () => {
    expect(inputsAfter(view("a"), add("a"))[1]).toBe(1);
    expect(inputsAfter(add("a"), view("b"), view("c"))[1]).toBeCloseTo(1 / 3, 12);
    expect(inputsAfter(add("a"), remove("a"))[1]).toBe(0);
    expect(inputsAfter(add("a"), add("b"), remove("b"))[1]).toBeCloseTo(0.5, 12);
  });

  it("feels the pull of the products looked at, the last one most", () => {
    const [first, last] = [
      inputsAfter(view("hit"), view("a")),
      inputsAfter(view("a"), view("hit")),
    ];
    expect(last[2]).toBeGreaterThan(first[2]);
    expect(first[2]).toBeGreaterThan(inputsAfter(view("a"), view("a"))[2]);
  });

  it("is focused on what comes again, in one category", () => {
    const again = inputsAfter(view("a"), view("b"), view("a"))[3];
    const wandering = inputsAfter(view("a"), view("bb"), view("ccc"))[3];
    expect(again).toBeCloseTo(0.5 + 0.5 * (1 - 1 / 3), 12);
    expect(wandering).toBe(0);
  });

  it("keeps its inputs between 0 and 1", () => {
    const event = fc.constantFrom(view, add, remove);
    const id = fc.constantFrom("a", "b", "cc", "hit");
    fc.assert(
      fc.property(fc.array(fc.tuple(event, id), { maxLength: 40 }), (steps) => {
        for (const input of inputsAfter(...steps.map(([make, productId]) => make(productId)))) {
          expect(input).toBeGreaterThanOrEqual(0);
          expect(input).toBeLessThanOrEqual(1);
        }
      }),
      { seed: 16 },
    );
  });

  it("spreads rates over a logarithmic scale", () => {
    expect([0.0001, 0.005, Math.sqrt(0.005 * 0.2), 0.2, 0.9].map(pullInput)).toEqual([
      0,
      0,
      expect.closeTo(0.5, 9),
      1,
      1,
    ]);
  });
});
