import { expect, type Page, test } from "playwright/test";
import { createRandom } from "../src/engine/random.ts";
import type { ShopEvent } from "../src/engine/shopEvent.ts";
import { aisleOf, type Taste, visit } from "../src/testing/shoppers.ts";
import { catalog } from "./support/demoShop.ts";
import { type LoggedSite, serveLogged } from "./support/loggedSite.ts";
import { cardsOn } from "./support/shop.ts";

const DAY_MS = 86_400_000;
const VIEWS = 10;
const PERSONAS = twentyTastes().map((taste, index) => pastOf(taste, index + 1));

/** Each lives in an aisle of its own, and those of one department shop at opposite ends of its prices. */
function twentyTastes(): Taste[] {
  const aisles = [...new Set(catalog.products.map(aisleOf))].sort().slice(0, 20);
  return aisles.map((aisle, index) => ({
    aisles: [aisle, aisles[(index + 1) % aisles.length]!],
    brand: catalog.products.find((product) => aisleOf(product) === aisle)!.brand ?? "",
    priceLevel: index % 2,
  }));
}

function pastOf(taste: Taste, seed: number): ShopEvent[] {
  const startsAt = Date.now() - DAY_MS;
  return visit(catalog, taste, { random: createRandom(seed), startsAt, length: VIEWS });
}

/** From here on the shopper is somebody with this past; nobody else's is left. */
async function become(page: Page, past: ShopEvent[]): Promise<void> {
  await page.evaluate(async (events) => {
    await window.vitrine.erase();
    await window.vitrine.observe(events);
  }, past);
}

/** The same pages for all, every picture on them loaded: a department and home. */
async function walk(page: Page): Promise<string[]> {
  const banner = page.getByRole("banner");
  await banner.getByRole("link", { name: "Coffee & Tea" }).dispatchEvent("click");
  await allPictures(page);
  await banner.getByRole("link", { name: "Vitrine" }).dispatchEvent("click");
  const cards = await cardsOn(page, "for-you");
  await allPictures(page);
  return cards;
}

async function allPictures(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    for (const picture of document.images) picture.loading = "eager";
    return document.images.length > 20 && [...document.images].every(({ complete }) => complete);
  });
}

/** When a browser looks for a newer service worker is up to its own clock, whoever shops. */
const isOfShopper = (line: string) => !line.startsWith("GET /service-worker.js ");

/** What the server could say of each shopper's walk: every request with its headers. */
async function logsOf(page: Page, site: LoggedSite, pasts: ShopEvent[][]) {
  const walks: { cards: string[]; log: string[] }[] = [];
  for (const past of pasts) {
    await become(page, past);
    site.log.length = 0;
    const cards = await walk(page);
    walks.push({ cards, log: site.log.filter(isOfShopper).sort() });
  }
  return walks;
}

/** Opens the shop as somebody who comes back. */
async function comeBack(page: Page, site: LoggedSite): Promise<void> {
  await page.evaluate(() => localStorage.setItem("vitrine.returning", "yes"));
  await page.goto(`${site.origin}/orders`);
  await page.waitForFunction(() => window.vitrine !== undefined);
  await walk(page); // A stranger's, which loads the code that anybody's loads.
}

test.use({ serviceWorkers: "allow", viewport: { width: 390, height: 844 } });

test("twenty opposed shoppers walk the same pages, and the server cannot tell them apart", async ({
  page,
}) => {
  test.slow(); // Twenty walks.
  const site = await serveLogged();
  await page.goto(`${site.origin}/orders`);
  await page.evaluate(() => navigator.serviceWorker.ready);
  // The log does tell of pictures: all of them were asked for, by nobody in particular.
  const pictures = new Set(catalog.products.map(({ image }) => image?.src));
  for (const src of pictures) {
    expect(
      site.log.some((line) => line.startsWith(`GET ${src} `)),
      src,
    ).toBe(true);
  }
  await comeBack(page, site);
  const walks = await logsOf(page, site, PERSONAS);
  site.close();
  expect(new Set(walks.map(({ cards }) => cards.join())).size).toBe(PERSONAS.length);
  for (const { log } of walks) expect(log).toEqual(walks[0]!.log);
});
