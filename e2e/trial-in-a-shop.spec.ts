import { readFileSync } from "node:fs";
import { expect, type Page } from "playwright/test";
import packageFile from "../package.json" with { type: "json" };
import type { ShopEvent } from "../src/engine/events/shopEvent.ts";
import { createRandom } from "../src/engine/kit/random.ts";
import { OUTPUT_KERNEL } from "../src/engine/network/network.ts";
import { type ItemPack, itemPackFromBytes, itemPackToBytes } from "../src/engine/shop/itemPack.ts";
import { parseCatalog } from "../src/engine/shop/parseCatalog.ts";
import { PRIOR_WEIGHTS } from "../src/engine/shop/priorWeights.ts";
import { createTaste, crowdFavorites, type Taste, visit } from "../src/storefront/demo/shoppers.ts";
import type { VitrineApi } from "../src/widget/vitrineApi.ts";
import { plainShop } from "./shops/plainShop.ts";
import { cardsOn, shelf, statusOf, storedEvents, test, viewStored } from "./support/shopSite.ts";

const NOW = Date.parse("2026-01-15T12:00:00Z");
const HOUR_MS = 3_600_000;
const MAX_SHELVES = 40;
const BUILD = new URL("../.cache/e2e/", import.meta.url);

const { catalog } = parseCatalog(plainShop.products);
const productOf = (id: string) => catalog.products[catalog.rowOf(id)!]!;

function shippedPack(): ItemPack {
  const { buffer } = Uint8Array.from(readFileSync(new URL("pack.bin", BUILD)));
  return itemPackFromBytes(buffer, catalog);
}

/** The shop's pack with a network that likes what it should dislike. */
function packWithWrongSign(): Buffer {
  const pack = shippedPack();
  const weights = pack.prior ?? Float32Array.from(PRIOR_WEIGHTS);
  const prior = weights.map((weight, at) => (at < OUTPUT_KERNEL ? weight : -weight));
  return Buffer.from(itemPackToBytes({ ...pack, prior }, catalog));
}

/** The worker's clock, which dates events and draws what is shared, is at `clock.now` on each page. */
async function setShopUp(page: Page, clock: { now: number }): Promise<void> {
  const body = packWithWrongSign();
  await page.route("**/pack.bin", (route) =>
    route.fulfill({ body, contentType: "application/octet-stream" }),
  );
  const worker = readFileSync(
    new URL(`vitrine/${packageFile.version}/recommender.worker.js`, BUILD),
    "utf8",
  );
  await page.route("**/recommender.worker.js", (route) =>
    route.fulfill({
      body: `Date.now = () => ${clock.now};\n${worker}`,
      contentType: "text/javascript",
    }),
  );
}

/** Nobody may train while the spec runs: a training would mend the network. */
async function holdTrainingLock(page: Page, origin: string): Promise<void> {
  const other = await page.context().newPage();
  await other.goto(`${origin}/shop.css`);
  await other.evaluate(
    () =>
      new Promise<void>((resolve) => {
        void navigator.locks.request("vitrine:vitrine:training", () => {
          resolve();
          return new Promise(() => {});
        });
      }),
  );
}

function earlierViews(taste: Taste): ShopEvent[] {
  const startsAt = NOW - 2 * HOUR_MS;
  const events = visit(catalog, taste, { random: createRandom(1), startsAt, length: 12 });
  return events.filter(({ type }) => type === "view");
}

const observe = (page: Page, events: ShopEvent[]) =>
  page.evaluate(async (list) => {
    await (window as unknown as { vitrine: VitrineApi }).vitrine.observe(list);
  }, events);

const teamsOn = (page: Page) =>
  shelf(page, "for-you").evaluate((element: HTMLElementTagNameMap["vitrine-shelf"]) =>
    element.cards.map(({ recommendation }) => recommendation.team),
  );

/** Looks at the shelf for as long as it takes to have seen it. */
async function lookAtShelf(page: Page, shown: string[]): Promise<void> {
  await shelf(page, "for-you").scrollIntoViewIfNeeded();
  const seen = async () => {
    const events = await storedEvents(page);
    const ids = events.flatMap((event) => (event.type === "impression" ? event.productIds : []));
    return shown.every((id) => ids.includes(id));
  };
  await expect.poll(seen).toBe(true);
}

test("a shopper who likes what the crowd likes, with a network that does not, gets the plain list", async ({
  page,
  openSite,
}) => {
  test.setTimeout(300_000);
  const clock = { now: NOW };
  await setShopUp(page, clock);
  const { origin } = await openSite(plainShop, { attributes: 'data-experiment="0.5"' });
  await holdTrainingLock(page, origin);
  const isLiked = crowdFavorites(catalog, shippedPack().popularity);
  await page.goto(origin);
  const views = earlierViews(createTaste(catalog, 300));
  await observe(page, views);
  const known = new Set(views.map((event) => "productId" in event && event.productId));

  let shelves = 0;
  while ((await statusOf(page)).experiment.verdicts === 0) {
    expect(++shelves, "shelves shown without a verdict").toBeLessThanOrEqual(MAX_SHELVES);
    clock.now += HOUR_MS;
    await page.goto(origin);
    const shown = await cardsOn(page, "for-you");
    const suiting = shown.filter((id) => isLiked(productOf(id)));
    const liked = suiting.find((id) => !known.has(id)) ?? suiting[0];
    if (liked === undefined) continue;
    await lookAtShelf(page, shown);
    await shelf(page, "for-you").locator(`[data-product-id="${liked}"] a`).first().click();
    await page.waitForURL(`**${productOf(liked).url}`);
    await viewStored(page, liked);
    known.add(liked);
  }
  const { experiment } = await statusOf(page);
  console.log(`the plain list won after ${shelves} shelves, ${experiment.compared} of them shared`);
  expect(experiment).toMatchObject({ inUse: "baseline", verdicts: 1 });

  do {
    clock.now += HOUR_MS;
    await page.goto(origin);
    await cardsOn(page, "for-you");
  } while ((await teamsOn(page)).includes("network"));
  expect(await teamsOn(page)).toEqual(["baseline", "baseline", "baseline", "baseline"]);
});

test("a share of 0 on the tag shares no shelf", async ({ page, openSite }) => {
  const shared: Record<string, number> = {};
  for (const share of ["0", "0.5"]) {
    const { origin } = await openSite(plainShop, { attributes: `data-experiment="${share}"` });
    await page.goto(origin);
    await observe(page, earlierViews(createTaste(catalog, 300)));
    shared[share] = await page.evaluate(async (now) => {
      const { vitrine } = window as unknown as { vitrine: VitrineApi };
      let count = 0;
      for (let at = now; at < now + 40; at++) {
        const { isInterleaved } = await vitrine.recommend({ strategy: "for-you", limit: 4, at });
        if (isInterleaved) count++;
      }
      return count;
    }, NOW);
  }
  expect(shared["0"]).toBe(0);
  expect(shared["0.5"]).toBeGreaterThan(5);
});
