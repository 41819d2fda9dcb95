import { expect, type Page, test } from "playwright/test";
import { createDemoPack } from "../src/build/demoPack.ts";
import { createRandom, shuffle } from "../src/engine/kit/random.ts";
import { initialWeights } from "../src/engine/learning/initialWeights.ts";
import { networkFromBytes, networkToBytes } from "../src/engine/network/networkFile.ts";
import { itemPackFromBytes, itemPackToBytes } from "../src/engine/shop/itemPack.ts";
import { createTaste, visit } from "../src/storefront/demo/shoppers.ts";
import { catalog } from "./support/demoShop.ts";
import { openEngine } from "./support/engine.ts";

const SHOPPERS = 6;
/** A shuffle can be harmless by luck, because all four inputs favor good products. */
const SHUFFLES = 20;

/** The products a shopper viewed on one visit, in order. */
function viewsOf(shopper: number, length: number) {
  const taste = createTaste(catalog, 300 + shopper);
  const random = createRandom(shopper);
  const events = visit(catalog, taste, { random, startsAt: 1e12, length });
  return events.filter((event) => event.type === "view");
}

/** Sum and count of the reciprocal ranks of the product viewed next, from view `from` on. */
function reciprocalRanks(page: Page, views: ReturnType<typeof viewsOf>, from: number) {
  return page.evaluate(
    async ({ views, from }) => {
      const ranks = { sum: 0, count: 0 };
      for (const [step, view] of views.entries()) {
        if (step < from) continue;
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
        ranks.sum += place < 0 ? 0 : 1 / (place + 1);
        ranks.count++;
      }
      return ranks;
    },
    { views, from },
  );
}

/** Mean reciprocal rank over several shoppers; `prepare` makes a new network for each. */
async function meanReciprocalRank(
  page: Page,
  { length, from }: { length: number; from: number },
  prepare: (views: ReturnType<typeof viewsOf>) => Promise<void>,
): Promise<number> {
  const total = { sum: 0, count: 0 };
  for (let shopper = 0; shopper < SHOPPERS; shopper++) {
    const views = viewsOf(shopper, length);
    await page.evaluate(() => window.vitrine.erase());
    await prepare(views);
    const { sum, count } = await reciprocalRanks(page, views, from);
    total.sum += sum;
    total.count += count;
  }
  return total.sum / total.count;
}

test("shuffled weights make the cards measurably worse", async ({ page }) => {
  await openEngine(page, { databaseName: "weights-matter" });
  const bytes = await page.evaluate(async () => [
    ...new Uint8Array(await window.vitrine.exportNetwork()),
  ]);
  const network = networkFromBytes(Uint8Array.from(bytes).buffer);
  const rankWith = (weights: number[]) =>
    meanReciprocalRank(page, { length: 10, from: 0 }, () =>
      page.evaluate((w) => window.vitrine.importNetwork(Uint8Array.from(w).buffer), weights),
    );
  const intact = await rankWith(bytes);
  const ranks: number[] = [];
  for (let seed = 1; seed <= SHUFFLES; seed++) {
    const weights = shuffle(network.weights.slice(), createRandom(seed));
    const shuffled = [...new Uint8Array(networkToBytes({ ...network, weights }))];
    ranks.push(await rankWith(shuffled));
  }
  const mean = ranks.reduce((sum, rank) => sum + rank, 0) / ranks.length;
  console.log(
    `MRR@50: ${intact.toFixed(3)} intact, ${ranks.map((rank) => rank.toFixed(3))} shuffled`,
  );
  expect(intact).toBeGreaterThan(0.1);
  expect(mean).toBeLessThan(0.75 * intact);
});

test("frozen weights make the cards measurably worse than trained ones", async ({ page }) => {
  // A shop with an untrained prior: any quality of its cards comes from training.
  const bytes = createDemoPack();
  const prior = initialWeights(createRandom(5));
  const pack = itemPackToBytes({ ...itemPackFromBytes(bytes, catalog), prior }, catalog);
  await page.route("**/pack.bin", (route) => route.fulfill({ body: Buffer.from(pack) }));
  await openEngine(page, { databaseName: "frozen" });
  const visits = { length: 60, from: 40 };
  const look = (views: ReturnType<typeof viewsOf>) =>
    page.evaluate((past) => window.vitrine.observe(past), views.slice(0, visits.from));
  const frozen = await meanReciprocalRank(page, visits, look);
  const trained = await meanReciprocalRank(page, visits, async (views) => {
    await look(views);
    await page.evaluate(() => window.vitrine.train());
  });
  console.log(`MRR@50: ${frozen.toFixed(3)} frozen, ${trained.toFixed(3)} trained`);
  expect(trained).toBeGreaterThan(1.5 * frozen);
  expect(trained).toBeGreaterThan(0.2);
});
