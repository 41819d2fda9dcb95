import { describe, expect, it } from "vitest";
import {
  fixtureCatalog,
  impression,
  NOW,
  notForMe,
  removeFromCart,
  view,
} from "../../testing/fixtures.ts";
import { createHistory } from "./foldHistory.ts";
import type { ShopEvent } from "./shopEvent.ts";

const catalog = fixtureCatalog();

function returningAfter(...events: ShopEvent[]) {
  const history = createHistory(catalog);
  for (const event of events) history.apply(event);
  return history.returning;
}

const views = (...ids: string[]) => returningAfter(...ids.map((id) => view(id)));

describe("how often a shopper goes back", () => {
  it("counts steps to other products, and those to known ones, recent ones more", () => {
    expect(views("k1", "k2", "k3")).toEqual({ known: 3, steps: 1, returns: 0 });
    expect(views("k1", "k2", "k1")).toEqual({ known: 2, steps: 1, returns: 1 });
    expect(views("k1", "k2", "k1", "k3")).toEqual({ known: 3, steps: 0.93 + 1, returns: 0.93 });
    expect(views("k1", "k2", "k3", "k1")).toEqual({ known: 3, steps: 0.93 + 1, returns: 1 });
  });

  it("counts no step as long as there is nothing to go back to, or to the current product", () => {
    expect(views()).toEqual({ known: 0, steps: 0, returns: 0 });
    expect(views("k1", "k2")).toEqual({ known: 2, steps: 0, returns: 0 });
    expect(views("k1", "k1", "k2", "k2")).toEqual({ known: 2, steps: 0, returns: 0 });
  });

  it("ignores what is not a turn to a product", () => {
    const before = [view("k1"), view("k2")];
    const after = [impression(["k1"]), notForMe("k1"), removeFromCart("k1")];
    expect(returningAfter(...before, ...after)).toEqual(returningAfter(...before));
    const search: ShopEvent = { type: "search", at: NOW, query: "coffee" };
    expect(returningAfter(...before, search)).toEqual(returningAfter(...before));
  });

  it("forgets old steps: a habit that changes is followed", () => {
    const back = Array.from({ length: 60 }, (_, step) => (step % 2 ? "k1" : "k2"));
    const { steps, returns } = views("k1", "k2", "k3", "k4", "k5", "k6", ...back);
    expect(returns / steps).toBeGreaterThan(0.97);
  });
});
