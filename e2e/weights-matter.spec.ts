import { expect, test } from "playwright/test";
import { networkFromBytes, networkToBytes } from "../src/engine/network.ts";
import { createRandom, shuffle } from "../src/engine/random.ts";
import { createTaste, visit } from "../src/testing/shoppers.ts";
import { catalog } from "./support/demoShop.ts";
import { openEngine } from "./support/engine.ts";

const SHOPPERS = 6;
/** A shuffle can be harmless by luck: four inputs that all speak for a product need little. */
const SHUFFLES = 20;

/** Mean reciprocal rank of the product a shopper turned to next, over visits of several shoppers. */
async function meanReciprocalRank(
  page: import("playwright/test").Page,
  weights: number[],
): Promise<number> {
  const visits = Array.from({ length: SHOPPERS }, (_, index) => {
    const taste = createTaste(catalog, 300 + index);
    const events = visit(catalog, taste, {
      random: createRandom(index),
      startsAt: 1e12,
      length: 10,
    });
    return events.filter((event) => event.type === "view");
  });
  return page.evaluate(
    async ({ visits, weights }) => {
      let sum = 0;
      let count = 0;
      for (const views of visits) {
        await window.vitrine.erase();
        await window.vitrine.importNetwork(Uint8Array.from(weights).buffer);
        for (const [step, view] of views.entries()) {
          const next = views[step + 1];
          await window.vitrine.observe(view);
          if (next === undefined || next.productId === view.productId) continue;
          const { cards } = await window.vitrine.recommend({
            strategy: "for-you",
            limit: 50,
            productId: view.productId,
            diversity: 0,
            at: view.at,
          });
          const place = cards.findIndex(({ productId }) => productId === next.productId);
          sum += place < 0 ? 0 : 1 / (place + 1);
          count++;
        }
      }
      return sum / count;
    },
    { visits, weights },
  );
}

test("shuffled weights make the cards measurably worse", async ({ page }) => {
  await openEngine(page, { databaseName: "weights-matter" });
  const bytes = await page.evaluate(async () => [
    ...new Uint8Array(await window.vitrine.exportNetwork()),
  ]);
  const network = networkFromBytes(Uint8Array.from(bytes).buffer);
  const intact = await meanReciprocalRank(page, bytes);
  const ranks: number[] = [];
  for (let seed = 1; seed <= SHUFFLES; seed++) {
    const weights = shuffle(network.weights.slice(), createRandom(seed));
    const shuffled = [...new Uint8Array(networkToBytes({ ...network, weights }))];
    ranks.push(await meanReciprocalRank(page, shuffled));
  }
  const mean = ranks.reduce((sum, rank) => sum + rank, 0) / ranks.length;
  console.log(
    `MRR@50: ${intact.toFixed(3)} intact, ${ranks.map((rank) => rank.toFixed(3))} shuffled`,
  );
  expect(intact).toBeGreaterThan(0.1);
  expect(mean).toBeLessThan(0.75 * intact);
});
