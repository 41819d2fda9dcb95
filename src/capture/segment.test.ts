import { afterEach, describe, expect, it, vi } from "vitest";
import type { PageEvent } from "./pageEvent.ts";
import { readTrack, watchSegment } from "./segment.ts";

const CUP = { product_id: "507f1f77", sku: "G-32", name: "Cup", quantity: 2 };
const NAMES = ["507f1f77", "G-32"];

afterEach(() => {
  vi.useRealTimers();
});

describe("readTrack", () => {
  it("reads the e-commerce events of Segment's specification", () => {
    expect(readTrack("Product Viewed", CUP)).toEqual([{ type: "view", product: NAMES }]);
    expect(readTrack("Product Removed", CUP)).toEqual([
      { type: "remove_from_cart", product: NAMES, quantity: 2 },
    ]);
    expect(readTrack("Order Completed", { order_id: "50314b", products: [CUP] })).toEqual([
      { type: "purchase", orderId: "50314b", items: [{ product: NAMES, quantity: 2 }] },
    ]);
    expect(readTrack("Products Searched", { query: "blue" })).toEqual([
      { type: "search", query: "blue" },
    ]);
    expect(readTrack("Signed Up", CUP)).toEqual([]);
    expect(readTrack("__proto__", CUP)).toEqual([]);
  });
});

it("watchSegment reads queued calls, then new ones, until stopped", () => {
  const listeners = new Set<(...args: unknown[]) => void>();
  const analytics = Object.assign([["page"], ["track", "Product Viewed", CUP]], {
    track() {},
    on: (_: string, listener: () => void) => listeners.add(listener),
    off: (_: string, listener: () => void) => listeners.delete(listener),
  });
  const reported: PageEvent[] = [];
  const stop = watchSegment({ analytics }, (events) => reported.push(...events));
  for (const listener of listeners) listener("Product Added", CUP, {});
  stop();
  expect(reported.map(({ type }) => type)).toEqual(["view", "add_to_cart"]);
  expect([analytics.length, listeners.size]).toEqual([2, 0]);
});

it("watchSegment finds analytics.js when a tag manager loads it late, and stops waiting when stopped", () => {
  vi.useFakeTimers();
  const page: { analytics?: unknown } = { analytics: { id: "an element of that name" } };
  const reported: PageEvent[] = [];
  const stop = watchSegment(page, (events) => reported.push(...events));
  page.analytics = Object.assign([["track", "Product Viewed", CUP]], { track() {}, on() {} });
  vi.advanceTimersByTime(1000);
  expect(reported.map(({ type }) => type)).toEqual(["view"]);
  stop();
  watchSegment({}, () => undefined)();
  expect(vi.getTimerCount()).toBe(0);
});

it("watchSegment survives getters and methods that throw", () => {
  const hostile = () => {
    throw new Error("hostile");
  };
  const analytics = Object.assign(
    [
      [
        "track",
        "Product Viewed",
        {
          get product_id() {
            return hostile();
          },
        },
      ],
    ],
    {
      track() {},
      on: hostile,
      off: hostile,
    },
  );
  const reported: PageEvent[] = [];
  watchSegment({ analytics }, (events) => reported.push(...events))();
  expect(reported).toEqual([]);
  watchSegment(
    {
      get analytics() {
        return hostile();
      },
    },
    hostile,
  )();
});
