import fc from "fast-check";
import { expect, it } from "vitest";
import { anyShop } from "../../testing/anyShop.ts";
import {
  anyCorrection,
  anyEvent,
  anyPast,
  NOW,
  notForMe,
  purchase,
  view,
} from "../../testing/fixtures.ts";
import type { Catalog } from "../shop/catalog.ts";
import { createHistory } from "./foldHistory.ts";
import type { InputHistory, ShopperHistory } from "./history.ts";
import { withoutProducts } from "./selection.ts";
import type { ShopEvent } from "./shopEvent.ts";

function historyOf(catalog: Catalog, events: readonly ShopEvent[]): ShopperHistory {
  const history = createHistory(catalog);
  for (const event of events) history.apply(event);
  return history;
}

/** Everything that the inputs of any product depend on. */
function contents(catalog: Catalog, { recent, pastWith }: InputHistory) {
  return {
    recent,
    pasts: catalog.products.map((_, row) => {
      const past = pastWith(row);
      if (past === undefined || past.product.interactions.length === 0) return undefined;
      const { affinity, lastAt, ignoredImpressions, acts } = past.product;
      const { interactionsSince, habit } = past;
      return { affinity, lastAt, ignoredImpressions, acts, interactionsSince, habit };
    }),
  };
}

function expectAsReplayed(catalog: Catalog, events: readonly ShopEvent[]): void {
  const history = historyOf(catalog, events);
  for (const [row, { id }] of catalog.products.entries()) {
    const left = events.flatMap((event) => withoutProducts(event, (other) => other === id) ?? []);
    const replayed = contents(catalog, historyOf(catalog, left));
    expect(contents(catalog, history.without({ type: "product", row }))).toEqual(replayed);
  }
}

it("a history without a product equals a replay of the log without its events, bit for bit", () => {
  fc.assert(
    fc.property(
      anyShop.chain(({ catalog }) => fc.tuple(fc.constant(catalog), anyPast(catalog, 70))),
      ([catalog, events]) => expectAsReplayed(catalog, events),
    ),
    { numRuns: 150, seed: 311 },
  );
});

it("so it is for a past with refunds and with carts that the shop shows", () => {
  const anyCorrected = anyShop.chain(({ catalog }) => {
    const purchases = anyEvent(catalog).filter(({ type }) => type === "purchase");
    const events = fc.oneof(anyEvent(catalog), purchases, anyCorrection(catalog));
    return fc.tuple(fc.constant(catalog), anyPast(catalog, 70, events));
  });
  fc.assert(
    fc.property(anyCorrected, ([catalog, events]) => expectAsReplayed(catalog, events)),
    { numRuns: 150, seed: 313 },
  );
});

const { catalog } = fc.sample(anyShop, { seed: 312, numRuns: 1 })[0]!;
const views = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => view(`p${from + index}`, NOW + from + index));

/** Of the order placed at `NOW`: the whole order, or one unit of each product. */
function refund(...productIds: string[]): ShopEvent {
  const items = productIds.map((productId) => ({ productId, quantity: 1 }));
  const named = items.length === 0 ? {} : { items };
  return { type: "refund", at: NOW + 5, orderId: `order ${NOW}`, ...named };
}

it.each<[string, ShopEvent[]]>([
  ["an eleventh product comes back", views(0, 11)],
  ["a twelfth keeps it away", views(0, 12)],
  ["one that was waved away leaves a gap", [...views(0, 11), notForMe("p10")]],
  ["the gap is filled by another", [...views(0, 11), notForMe("p10"), view("p11")]],
  ["the gap is filled by the one displaced", [...views(0, 11), notForMe("p10"), view("p0")]],
  ["one of two gaps is filled", [...views(0, 11), notForMe("p10"), notForMe("p9"), view("p11")]],
  ["the one displaced is waved away", [...views(0, 11), notForMe("p0")]],
  ["an order loses a line", [purchase(["p0", "p1"]), purchase(["p0"], NOW + 1)]],
  ["an order is gone", [purchase(["p0"]), purchase(["p1"], NOW + 1), purchase(["p0"], NOW + 2)]],
  ["an order is returned", [purchase(["p0", "p1"]), purchase(["p0"], NOW + 1), refund()]],
  [
    "a part of an order is returned before its rest comes",
    [purchase(["p0"]), refund("p0"), purchase(["p1"], NOW + 1), purchase(["p0", "p2"])],
  ],
  [
    "the parts of one order meet again",
    [purchase(["p0"], NOW), purchase(["p1"], NOW + 1), purchase(["p0", "p2"], NOW)],
  ],
])("is exact where %s", (_, events) => {
  expectAsReplayed(catalog, events);
});

it("a history keeps the same recent products without one that has no part in them", () => {
  const history = historyOf(catalog, [...views(0, 12), notForMe("p11")]);
  const without = (id: string) =>
    history.without({ type: "product", row: catalog.rowOf(id)! }).recent;
  expect(without("p12")).toBe(history.recent);
  expect(without("p5")).not.toBe(history.recent);
});
