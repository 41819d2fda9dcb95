import { readFileSync } from "node:fs";
import { expect, type Page, test } from "playwright/test";
import type { ShopEventInput } from "../src/engine/events/shopEvent.ts";
import { createRandom } from "../src/engine/kit/random.ts";
import { type Network, OUTPUT_KERNEL } from "../src/engine/network/network.ts";
import { networkFromBytes, networkToBytes } from "../src/engine/network/networkFile.ts";
import type { Shelf } from "../src/engine/ranking/shelf.ts";
import type { Product } from "../src/engine/shop/catalog.ts";
import { itemPackFromBytes } from "../src/engine/shop/itemPack.ts";
import { impressionOf } from "../src/shelf/impression.ts";
import {
  createTaste,
  crowdFavorites,
  isNearby,
  type Taste,
  visit,
} from "../src/storefront/demo/shoppers.ts";
import { catalog } from "./support/demoShop.ts";
import { beforeWorker, openEngine } from "./support/engine.ts";

/** The clock also seeds the draw of compared shelves; a fixed clock makes the test reproducible. */
const NOW = Date.parse("2026-01-15T12:00:00Z");
const TASTES = [300, 301, 302, 303].map((seed) => createTaste(catalog, seed));
const { popularity } = itemPackFromBytes(
  Uint8Array.from(readFileSync(new URL("../.cache/e2e/pack.bin", import.meta.url))).buffer,
  catalog,
);
const MAX_SHELVES = 60;
const HOUR_MS = 3_600_000;
const DATABASE = "falls-back";

/** Blocks training while the spec runs: a training would repair the network. */
function holdTrainingLock(page: Page): Promise<void> {
  return page.evaluate((name) => {
    return new Promise<void>((resolve) => {
      void navigator.locks.request(name, () => {
        resolve();
        return new Promise(() => {});
      });
    });
  }, `vitrine:${DATABASE}:training`);
}

async function useNetwork(page: Page, change: (network: Network) => Network): Promise<void> {
  const shipped = await page.evaluate(async () => [
    ...new Uint8Array(await window.vitrine.exportNetwork()),
  ]);
  const network = change(networkFromBytes(Uint8Array.from(shipped).buffer));
  await page.evaluate(
    (bytes) => window.vitrine.importNetwork(Uint8Array.from(bytes).buffer),
    [...new Uint8Array(networkToBytes(network))],
  );
}

/** Flips the sign of every input's effect. */
function withWrongSign({ weights, activation }: Network): Network {
  return {
    activation,
    weights: weights.map((weight, at) => (at < OUTPUT_KERNEL ? weight : -weight)),
  };
}

const observe = (page: Page, events: ShopEventInput[]) =>
  page.evaluate((list) => window.vitrine.observe(list), events);

const shelfAt = (page: Page, at: number): Promise<Shelf> =>
  page.evaluate((now) => window.vitrine.recommend({ strategy: "for-you", limit: 8, at: now }), at);

const experimentOf = (page: Page) =>
  page.evaluate(async () => (await window.vitrine.inspect(1)).status.experiment);

/**
 * A shopper with one taste: a first visit without shelves, then one shelf per hour. They open the first card to
 * their taste, preferring an unseen one. Ends when a test is decided, or after `MOST_SHELVES`.
 */
async function shop(
  page: Page,
  taste: Taste,
  isLiked: (product: Product) => boolean,
): Promise<void> {
  const startsAt = NOW - (MAX_SHELVES + 2) * HOUR_MS;
  const first = visit(catalog, taste, { random: createRandom(1), startsAt, length: 12 });
  const views = first.filter((event) => event.type === "view");
  const seen = new Set(views.map(({ productId }) => productId));
  await observe(page, views);
  for (let shown = 1; shown <= MAX_SHELVES; shown++) {
    const at = startsAt + shown * HOUR_MS;
    const shelf = await shelfAt(page, at);
    const ids = shelf.cards.map(({ productId }) => productId);
    const suiting = ids.filter((id) => isLiked(catalog.products[catalog.rowOf(id)!]!));
    const liked = suiting.find((id) => !seen.has(id)) ?? suiting[0];
    if (liked !== undefined) seen.add(liked);
    await observe(page, [
      { ...impressionOf(ids, { name: "for-you", shelf }), at },
      ...(liked === undefined ? [] : [{ type: "view" as const, productId: liked, at: at + 1000 }]),
    ]);
    if ((await experimentOf(page)).verdicts > 0) return;
  }
}

test("a network that is wrong for a shopper is replaced by a plain list, and the page says so", async ({
  page,
}) => {
  await beforeWorker(page, `Date.now = () => ${NOW}`);
  await page.clock.setFixedTime(NOW);
  await openEngine(page, { databaseName: DATABASE, experiment: 0.5, seed: 1 });
  await holdTrainingLock(page);
  await useNetwork(page, withWrongSign);
  await shop(page, TASTES[0]!, crowdFavorites(catalog, popularity));
  const experimentStatus = await experimentOf(page);
  expect(experimentStatus).toMatchObject({ inUse: "baseline", verdicts: 1 });
  expect(experimentStatus.wins.baseline).toBeGreaterThan(experimentStatus.wins.network);
  const plain = await plainShelf(page);
  expect(plain.cards.every(({ team }) => team === "baseline")).toBe(true);

  const wins = { network: 0, baseline: 0 };
  for (const taste of TASTES) {
    await page.evaluate(() => window.vitrine.erase());
    expect((await experimentOf(page)).inUse).toBe("network");
    await shop(page, taste, (product) => isNearby(taste, product));
    const shipped = await experimentOf(page);
    expect(shipped.inUse).toBe("network");
    expect(shipped.compared).toBeGreaterThan(5);
    wins.network += shipped.wins.network;
    wins.baseline += shipped.wins.baseline;
  }
  expect(wins.network).toBeGreaterThan(wins.baseline);
});

/** The next shelf without a comparison. */
async function plainShelf(page: Page): Promise<Shelf> {
  for (;;) {
    const shelf = await shelfAt(page, NOW);
    if (!shelf.isInterleaved) return shelf;
  }
}
