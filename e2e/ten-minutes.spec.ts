import { expect, type Page } from "playwright/test";
import { ga4Shop } from "./shops/ga4Shop.ts";
import { plainShop } from "./shops/plainShop.ts";
import type { Shop } from "./shops/shop.ts";
import { shopifyShop } from "./shops/shopifyShop.ts";
import { strictCspShop } from "./shops/strictCspShop.ts";
import { wooShop } from "./shops/wooShop.ts";
import { cardsOn, shelf, test, viewStored, watchProblems } from "./support/shopSite.ts";

const strict = strictCspShop({ scripts: "'self'", workers: "'self'" });

for (const shop of [plainShop, ga4Shop, shopifyShop, wooShop, strict]) {
  test(`${shop.name}: with the tag alone, three products lead to personal cards`, async ({
    page,
    openSite,
  }) => {
    await browseThree(page, (await openSite(shop)).origin, shop);
  });
}

/** A shop that publishes a product list does not need a catalog. */
const LISTS: [Shop, string][] = [
  [shopifyShop, 'data-catalog="/products.json?limit=250" data-currency="EUR"'],
  [wooShop, 'data-catalog="/wp-json/wc/store/v1/products"'],
];
for (const [shop, list] of LISTS) {
  test(`${shop.name}: its published product list works as the catalog`, async ({
    page,
    openSite,
  }) => {
    const { origin, requests } = await openSite(shop, {
      head: ({ head }) => head.replace('data-catalog="/catalog.json"', list),
    });
    await browseThree(page, origin, shop);
    expect(requests).not.toContain("/catalog.json");
  });
}

async function browseThree(page: Page, origin: string, shop: Shop): Promise<void> {
  const problems = watchProblems(page);
  const foreign: string[] = [];
  page.context().on("request", (request) => {
    const [method, url] = [request.method(), request.url()];
    const isFile = method === "GET" && (url.startsWith(origin) || /^(data|blob):/.test(url));
    if (!isFile) foreign.push(`${method} ${url}`);
  });
  await page.goto(origin);
  const before = await cardsOn(page, "for-you");

  const visited = shop.front.slice(0, 3);
  const links = visited.map(({ title }) =>
    page.getByRole("link", { name: title, exact: true }).first().getAttribute("href"),
  );
  for (const [index, path] of (await Promise.all(links)).entries()) {
    await page.goto(origin + path);
    await viewStored(page, visited[index]!.id);
  }

  await page.goto(origin);
  const after = await cardsOn(page, "for-you");
  expect(after).toHaveLength(4);
  expect(after).not.toEqual(before);
  const reasons = await shelf(page, "for-you").locator("[part=reason]").allTextContents();
  const ofPast = ["You looked at it", ...visited.map(({ title }) => title)];
  const isPersonal = (reason: string) => ofPast.some((text) => reason.includes(text));
  expect(reasons.filter(isPersonal)).not.toEqual([]);
  expect(problems).toEqual([]);
  expect(foreign).toEqual([]);
}
