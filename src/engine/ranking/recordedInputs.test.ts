import fc from "fast-check";
import { expect, it } from "vitest";
import { anyShop } from "../../testing/anyShop.ts";
import { anyEvent, MINUTE, NOW } from "../../testing/fixtures.ts";
import { createHistory } from "../events/foldHistory.ts";
import { hashWords } from "../kit/hash.ts";
import { inputsOf } from "./features.ts";
import { shopperContextOf } from "./shopperContext.ts";

/** A network stays valid only while the inputs it learned from stay the same, bit for bit. */
it("the four inputs equal those of this version of the formulas", () => {
  const shops = fc.sample(anyShop, { seed: 301, numRuns: 40 });
  const hashes = shops.map(({ catalog, pack }, index) => {
    const events = fc.sample(anyEvent(catalog), { seed: 302 + index, numRuns: 60 });
    const history = createHistory(catalog);
    const rows = [...catalog.products.keys()];
    return events.map((event, step) => {
      const at = NOW + step * MINUTE;
      const ordered =
        event.type === "purchase" ? { ...event, orderId: `order ${step % 3}` } : event;
      history.apply({ ...ordered, at });
      const context = shopperContextOf(history, { catalog, pack, at });
      return hashWords(new Uint32Array(inputsOf(context, rows).buffer));
    });
  });
  expect(hashWords(hashes.flat())).toBe(296633598);
});
