import { expect, type Page } from "playwright/test";
import type { VitrineApi } from "../src/widget/vitrineApi.ts";
import { silentShop } from "./shops/silentShop.ts";
import { cardsOn, shelf, storedEvents, test } from "./support/shopSite.ts";

const [first, second, third, fourth, fifth] = silentShop.products;
const SELECTORS =
  "wishlist=.heart; order=.thanks; number=.number; item=.line; quantity=.units; nonsense";

/** Types and products of what was stored but showings, oldest first, once there are `count` of them. */
async function deedsOf(page: Page, count: number) {
  await page.waitForFunction(
    () => (window as { vitrine?: Partial<VitrineApi> }).vitrine?.report?.() !== undefined,
  );
  const deeds = async () =>
    (await storedEvents(page)).filter(({ type }) => type !== "impression" && type !== "dwell");
  await expect.poll(async () => (await deeds()).length).toBe(count);
  return (await deeds()).reverse();
}

function reportOf(page: Page) {
  return page.evaluate(() => (window as unknown as { vitrine: VitrineApi }).vitrine.report());
}

/** The report's hints, once that part of the reader is there. */
async function whenHinted(page: Page) {
  await expect.poll(async () => (await reportOf(page))?.hints?.length ?? 0).toBeGreaterThan(0);
  return (await reportOf(page))?.hints;
}

test("a page that says nothing is a view of the product whose address it has", async ({
  page,
  openSite,
}) => {
  const { origin } = await openSite(silentShop);
  await page.goto(`${origin}${first!.url}?utm_source=mail`);
  expect(await deedsOf(page, 1)).toMatchObject([{ type: "view", productId: first!.id }]);
  expect(await cardsOn(page, "related")).not.toContain(first!.id);
  await page.goto(`${origin}/declared`);
  expect(await deedsOf(page, 2)).toMatchObject([{}, { type: "view", productId: fourth!.id }]);
});

test("RDFa and microdata on one page are one product, with its own names or the page's", async ({
  page,
  openSite,
}) => {
  const { origin } = await openSite(silentShop);
  await page.goto(`${origin}/rdfa`);
  expect(await deedsOf(page, 1)).toMatchObject([{ type: "view", productId: fifth!.id }]);
});

test("its cart button is known by its shape, and so is the quantity beside it", async ({
  page,
  openSite,
}) => {
  const { origin } = await openSite(silentShop);
  await page.goto(`${origin}${first!.url}`);
  await deedsOf(page, 1);
  await page.getByRole("button", { name: "ADD TO CART" }).click();
  expect(await deedsOf(page, 2)).toMatchObject([
    { type: "view" },
    { type: "add_to_cart", productId: first!.id, quantity: 2 },
  ]);
  await page.goto(`${origin}/list`);
  await whenHinted(page);
  await page.getByRole("button", { name: "Add to cart" }).nth(2).click();
  expect(await deedsOf(page, 3)).toMatchObject([
    { type: "view" },
    { type: "add_to_cart" },
    { type: "add_to_cart", productId: third!.id, quantity: 1 },
  ]);
});

test("selectors map what has no shape of its own: saving, and an order with its number", async ({
  page,
  openSite,
}) => {
  const faults: string[] = [];
  page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
  const { origin } = await openSite(silentShop, { attributes: `data-selectors="${SELECTORS}"` });
  await page.goto(`${origin}${first!.url}`);
  await deedsOf(page, 1);
  await page.getByRole("link", { name: "Remember" }).click();
  expect(await deedsOf(page, 2)).toMatchObject([
    { type: "view" },
    { type: "wishlist", productId: first!.id, saved: true },
  ]);
  for (let visit = 0; visit < 2; visit++) {
    await page.goto(`${origin}/thanks`);
    expect((await deedsOf(page, 3))[2]).toMatchObject({
      type: "purchase",
      orderId: "1001",
      items: [
        { productId: second!.id, quantity: 3 },
        { productId: third!.id, quantity: 1 },
      ],
    });
  }
  expect(faults.join()).toContain('selectors has "nonsense"');
});

test("a list that describes one product is no view of it, and the report says what would help", async ({
  page,
  openSite,
}) => {
  const { origin } = await openSite(silentShop);
  await page.goto(`${origin}/list`);
  await deedsOf(page, 0);
  expect(await whenHinted(page)).toEqual([
    "no events heard on this page",
    expect.stringContaining('data-selectors="cart='),
  ]);
});

test("a page of another language is of the same product, and its cards stay in that language", async ({
  page,
  openSite,
}) => {
  const { origin } = await openSite(silentShop);
  await page.goto(`${origin}/fr${first!.url}`);
  expect(await deedsOf(page, 1)).toMatchObject([{ type: "view", productId: first!.id }]);
  await cardsOn(page, "related");
  const links = await shelf(page, "related")
    .locator("a[href]")
    .evaluateAll((all) => all.map((link) => link.getAttribute("href")));
  expect(links.length).toBeGreaterThan(0);
  expect(links.every((href) => href?.startsWith("/fr/p/"))).toBe(true);
});

test("a page whose libraries replace methods of arrays is heard all the same", async ({
  page,
  openSite,
}) => {
  const { origin } = await openSite(silentShop);
  await page.goto(`${origin}/old`);
  await page.waitForFunction(
    () => (window as { vitrine?: Partial<VitrineApi> }).vitrine?.report?.() !== undefined,
  );
  await expect
    .poll(async () => (await reportOf(page))?.events)
    .toMatchObject({ "json-ld": 1, "data-layer": 1 });
  expect(await cardsOn(page, "related")).toHaveLength(3);
});
