import { expect, type Page, test } from "playwright/test";
import type { ShopEvent } from "../src/engine/events/shopEvent.ts";
import { createRandom } from "../src/engine/kit/random.ts";
import { aisleOf, type Taste, visit } from "../src/storefront/demo/shoppers.ts";
import { catalog } from "./support/demoShop.ts";
import { type LoggedSite, serveLogged } from "./support/loggedSite.ts";
import { cardsOn } from "./support/shop.ts";

const DAY_MS = 86_400_000;
const VIEWS = 10;
const PERSONAS = twentyTastes().map((taste, index) => pastOf(taste, index + 1));
/** Every kind of page except product pages, which fetch close-ups for the shopper who opens them. */
const PAGES = [
  "/department/coffee-tea",
  "/search?q=gift",
  "/cart",
  "/orders",
  "/wishlist",
  "/glass",
  "/glass/data",
  "/",
];

/** Each shopper has a different aisle; two in one department shop at opposite ends of its prices. */
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

/** What a shopper saw, and the server's view of it: every request with its headers. */
interface Walk {
  cards: string[];
  log: string[];
}

/** Lines that do not occur equally often in all logs. */
function distinctiveLines(walks: readonly Walk[]): string[] {
  const lines = new Set(walks.flatMap(({ log }) => log));
  return [...lines].filter((line) => {
    const counts = walks.map(({ log }) => log.filter((other) => other === line).length);
    return new Set(counts).size > 1;
  });
}

/** Replaces the shopper's history with this one. */
async function become(page: Page, past: ShopEvent[]): Promise<void> {
  await page.evaluate(async (events) => {
    await window.vitrine.erase();
    await window.vitrine.observe(events);
  }, past);
}

/** The same pages for all shoppers, with every picture loaded. */
async function walk(page: Page): Promise<string[]> {
  for (const path of PAGES) await interactWith(page, path);
  return cardsOn(page, "for-you");
}

/** Navigates like a link, then waits for the engine's answer and all pictures. */
async function interactWith(page: Page, path: string): Promise<void> {
  await page.evaluate(async (to) => {
    history.pushState(null, "", to);
    await window.vitrine.recommend({ strategy: "for-you", limit: 1 });
  }, path);
  await page.waitForFunction(() => {
    for (const picture of document.images) picture.loading = "eager";
    const isHere = document.querySelector("h1") !== null;
    return isHere && [...document.images].every(({ complete }) => complete);
  });
}

/** What a shop must not do: reveals the shopper by a picture that is fetched only for them. */
async function betray(page: Page, productId: string): Promise<void> {
  const { image } = catalog.products[catalog.rowOf(productId)!]!;
  await page.evaluate(
    async (src) => {
      const picture = new Image();
      picture.src = src;
      await picture.decode();
    },
    image!.src.replace(".webp", "@close.webp"),
  );
}

/** The browser alone decides when to check for a new service worker, whoever shops. */
const isOfShopper = (line: string) => !line.startsWith("GET /service-worker.js ");

/** @param afterwards what else a page does with the cards it shows. */
async function walksOf(
  { page, site, pasts }: { page: Page; site: LoggedSite; pasts: ShopEvent[][] },
  afterwards?: (card: string) => Promise<void>,
): Promise<Walk[]> {
  const walks: Walk[] = [];
  for (const past of pasts) {
    await become(page, past);
    site.log.length = 0;
    const cards = await walk(page);
    await afterwards?.(cards[0]!);
    walks.push({ cards, log: site.log.filter(isOfShopper) });
  }
  return walks;
}

/** Opens the shop as a returning shopper. */
async function comeBack(page: Page, site: LoggedSite): Promise<void> {
  await page.evaluate(() => localStorage.setItem("vitrine.returning", "yes"));
  await page.goto(`${site.origin}/orders`);
  await page.waitForFunction(() => window.vitrine !== undefined);
  await walk(page); // A new shopper's walk, which loads the code that everyone loads.
}

test.use({ serviceWorkers: "allow", viewport: { width: 390, height: 844 } });

test("twenty shoppers with opposite tastes visit the same pages, and the server cannot distinguish them", async ({
  page,
}) => {
  test.slow(); // Twenty walks.
  const site = await serveLogged();
  await page.goto(`${site.origin}/orders`);
  await page.evaluate(() => navigator.serviceWorker.ready);
  // The log does contain pictures: all of them, whoever the shopper is.
  const pictures = new Set(catalog.products.map(({ image }) => image?.src));
  for (const src of pictures) {
    expect(
      site.log.some((line) => line.startsWith(`GET ${src} `)),
      src,
    ).toBe(true);
  }
  await comeBack(page, site);
  const walks = await walksOf({ page, site, pasts: PERSONAS });
  expect(new Set(walks.map(({ cards }) => cards.join())).size).toBe(PERSONAS.length);
  expect(distinctiveLines(walks)).toEqual([]);

  // The same comparison notices a shop that does reveal them.
  const pasts = [PERSONAS[0]!, PERSONAS[10]!]; // From different departments: they see different cards.
  const betrayed = await walksOf({ page, site, pasts }, (card) => betray(page, card));
  expect(distinctiveLines(betrayed)).toHaveLength(2);
  site.close();
});
