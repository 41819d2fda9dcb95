import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createToasts, SHOWN_MS, type Toasts } from "./toasts.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const textsOf = (toasts: Toasts) => toasts.get().map(({ text }) => text);

it("toasts disappear after a while, except those that stay until dismissed", () => {
  const toasts = createToasts();
  toasts.offer("A newer version.", { label: "Open it", run: () => undefined });
  toasts.show("Saved.");
  vi.advanceTimersByTime(SHOWN_MS / 2);
  toasts.showError("Not stored.");
  vi.advanceTimersByTime(SHOWN_MS / 2);
  expect(textsOf(toasts)).toEqual(["A newer version.", "Not stored."]);
  vi.advanceTimersByTime(SHOWN_MS / 2);
  expect(textsOf(toasts)).toEqual(["A newer version."]);
});

it("time stops while toasts are held, and restarts afterwards", () => {
  const toasts = createToasts();
  toasts.show("Saved.");
  vi.advanceTimersByTime(SHOWN_MS - 1);
  toasts.hold();
  toasts.show("Rated.");
  vi.advanceTimersByTime(10 * SHOWN_MS);
  expect(textsOf(toasts)).toEqual(["Saved.", "Rated."]);
  toasts.release();
  vi.advanceTimersByTime(SHOWN_MS - 1);
  expect(textsOf(toasts)).toEqual(["Saved.", "Rated."]);
  vi.advanceTimersByTime(1);
  expect(textsOf(toasts)).toEqual([]);
});

it("a toast replaces the previous one on its topic, with a new time", () => {
  const toasts = createToasts();
  toasts.show("1 mug.", { topic: "cart/mug" });
  vi.advanceTimersByTime(SHOWN_MS - 1);
  toasts.show("1 cup.", { topic: "cart/cup" });
  toasts.show("2 mugs.", { topic: "cart/mug" });
  expect(textsOf(toasts)).toEqual(["1 cup.", "2 mugs."]);
  vi.advanceTimersByTime(SHOWN_MS - 1);
  expect(textsOf(toasts)).toEqual(["1 cup.", "2 mugs."]);
});

it("clearing a topic removes its toasts and those of topics below it", () => {
  const toasts = createToasts();
  toasts.show("A mug.", { topic: "cart/mug" });
  toasts.show("Carted.", { topic: "cartography" });
  toasts.show("All of it.", { topic: "cart" });
  toasts.clear("cart/cup");
  expect(textsOf(toasts)).toEqual(["A mug.", "Carted.", "All of it."]);
  toasts.clear("cart");
  expect(textsOf(toasts)).toEqual(["Carted."]);
});
