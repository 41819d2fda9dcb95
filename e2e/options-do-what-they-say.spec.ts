import { expect, type Page } from "playwright/test";
import type { SHELF_OPTIONS, ShelfOptions } from "../src/widget/shelfOptions.ts";
import type { VitrineApi } from "../src/widget/vitrineApi.ts";
import { plainShop } from "./shops/plainShop.ts";
import { page as pageOf, type Shop, type Tag } from "./shops/shop.ts";
import { cardsOn, storedEvents, test } from "./support/shopSite.ts";

/** A page with one shelf, plus the test's content for the shelf and the head. */
function shelfShop(content: string, head = (tag: Tag) => tag.head): Shop {
  const shelf = `<vitrine-shelf strategy="trending" limit="6">${content}</vitrine-shelf>`;
  return {
    ...plainShop,
    page: (path, tag) =>
      path === "/" ? pageOf(`<title>Shop</title>${head(tag)}`, shelf) : undefined,
  };
}

/** Sets properties of the shelf and returns the ids of its cards after it has refilled. */
function cardsWith(page: Page, options: Partial<ShelfOptions>): Promise<string[]> {
  return page.evaluate(async (properties) => {
    const shelf = document.querySelector("vitrine-shelf")!;
    for (const name of shelf.getAttributeNames()) shelf.removeAttribute(name);
    const loaded = new Promise((resolve) => {
      shelf.addEventListener("load", resolve, { once: true });
    });
    Object.assign(shelf, { strategy: "trending", limit: 6, ...properties });
    await loaded;
    return shelf.cards.map(({ product }) => product.id);
  }, options);
}

/** Each option as text, and the resulting property value. */
const WRITTEN: Record<keyof typeof SHELF_OPTIONS, [text: string, value: unknown]> = {
  strategy: ["on-sale", "on-sale"],
  limit: ["3", 3],
  heading: ["Ours", "Ours"],
  layout: ["grid", "grid"],
  columns: ["3", 3],
  phoneColumns: ["1.5", 1.5],
  imageRatio: ["0.75", 0.75],
  imageFit: ["contain", "contain"],
  show: ["image price", ["image", "price"]],
  minScore: ["0.5", 0.5],
  fallback: ["none", "none"],
  minCards: ["2", 2],
  productId: ["PL-1001", "PL-1001"],
  exclude: ["a, b", ["a", "b"]],
  among: ["a, b", ["a", "b"]],
  pin: ["a", ["a"]],
  boost: ["brand:Norrick", ["brand:Norrick"]],
  bury: ["category:Shoes > Trail", ["category:Shoes > Trail"]],
  maxPerBrand: ["1", 1],
  maxPerCategory: ["2", 2],
  diversity: ["0.5", 0.5],
  personalization: ["0", 0],
  experiment: ["0.5", 0.5],
  currency: ["EUR", "EUR"],
  locale: ["de-AT", "de-AT"],
};

test("every option works as an attribute and as a property, and selects the cards", async ({
  page,
  openSite,
}) => {
  const { origin } = await openSite(shelfShop("<p>Our own</p>"));
  await page.goto(origin);
  const popular = await cardsOn(page, "trending");

  const both = await page.evaluate((written) => {
    const shelf = document.createElement("vitrine-shelf");
    return Object.entries(written).map(([name, [text, value]]) => {
      shelf.setAttribute(name, text);
      const read = Reflect.get(shelf, name);
      shelf.removeAttribute(name);
      Reflect.set(shelf, name, value);
      return [name, read, shelf.getAttribute(name)];
    });
  }, WRITTEN);
  expect(both).toEqual(Object.entries(WRITTEN).map(([name, [text, value]]) => [name, value, text]));

  const last = plainShop.products.findLast(
    ({ id, stock }) => stock !== 0 && !popular.includes(id),
  )!;
  expect(await cardsWith(page, { limit: 3 })).toHaveLength(3);
  expect(await cardsWith(page, { exclude: popular.slice(0, 2) })).not.toContain(popular[0]);
  expect((await cardsWith(page, { pin: [last.id] }))[0]).toBe(last.id);
  const among = popular.slice(0, 5);
  const order = await cardsWith(page, { among });
  expect([...order].sort()).toEqual([...among].sort());
  expect((await cardsWith(page, { among, bury: [order[0]!] })).at(-1)).toBe(order[0]);
  const boosted = await cardsWith(page, { among, boost: [order[4]!] });
  expect(boosted.indexOf(order[4]!)).toBeLessThan(4);
  const byId = new Map(plainShop.products.map((product) => [product.id, product]));
  const brands = (await cardsWith(page, { maxPerBrand: 1 })).map((id) => byId.get(id)?.brand);
  expect(new Set(brands).size).toBe(brands.length);
  const leavesIn = (ids: string[]) => new Set(ids.map((id) => byId.get(id)?.categoryPath.at(-1)));
  const capped = await cardsWith(page, { maxPerCategory: 1 });
  expect(leavesIn(capped).size).toBe(capped.length);
  expect(await cardsWith(page, { strategy: "related", productId: "PL-1001" })).not.toEqual(popular);

  const forYou = { strategy: "for-you", fallback: "none" } as const;
  const neutral = await cardsWith(page, { ...forYou, personalization: 0 });
  await page.evaluate(
    (productId) =>
      (window as unknown as { vitrine: VitrineApi }).vitrine.observe({ type: "view", productId }),
    last.id,
  );
  expect(await cardsWith(page, { ...forYou, personalization: 0 })).toEqual(neutral);
  expect(await cardsWith(page, forYou)).not.toEqual(neutral);
  const alike = await cardsWith(page, { ...forYou, diversity: 0 });
  const varied = await cardsWith(page, { ...forYou, diversity: 10 });
  expect(leavesIn(varied).size).toBeGreaterThan(leavesIn(alike).size);

  const own = page.getByText("Our own");
  await expect(own).toBeHidden();
  expect(await cardsWith(page, { currency: "USD" })).toEqual([]);
  await expect(own).toBeVisible();
  expect(await cardsWith(page, { strategy: "for-you", minScore: 1, fallback: "none" })).toEqual([]);
  expect(await cardsWith(page, { among, minCards: 6 })).toHaveLength(5);
  await expect(own).toBeVisible();
});

test("options, properties and parts change the look of a shelf", async ({ page, openSite }) => {
  const style = `<style>
    vitrine-shelf { --vitrine-line: rgb(1, 2, 3); }
    vitrine-shelf::part(title) { font-style: italic; }
  </style>`;
  const slots = '<h2 slot="heading">Chosen by hand</h2><p slot="footer">Prices with tax</p>';
  const { origin } = await openSite(shelfShop(slots, (tag) => tag.head + style));
  await page.goto(origin);
  await cardsOn(page, "trending");
  await cardsWith(page, {
    columns: 2,
    phoneColumns: 1,
    imageRatio: 2,
    imageFit: "contain",
    show: ["image", "price"],
    locale: "de-AT",
    layout: "grid",
  });
  const shelf = page.locator("vitrine-shelf");
  const first = shelf.locator("[part=card]").first();
  await expect(page.getByText("Chosen by hand")).toBeVisible();
  await expect(page.getByText("Prices with tax")).toBeVisible();
  await expect(first).toHaveCSS("border-color", "rgb(1, 2, 3)");
  await expect(first.locator("[part=title]")).toHaveCSS("font-style", "italic");
  await expect(first.locator("[part=image]")).toHaveCSS("object-fit", "contain");
  await expect(first.locator("[part~=price]")).toHaveText(/^€\s\d+,\d\d/);
  expect(await shelf.locator("[part=reason], [part=dismiss], [part=details]").count()).toBe(0);
  expect(await sideBySide(page)).toBe(2);
  const picture = (await first.locator("[part=picture]").boundingBox())!;
  expect(picture.width / picture.height).toBeCloseTo(2, 1);
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await sideBySide(page)).toBe(1);
  await cardsWith(page, { heading: "Ours" });
  await expect(page.getByRole("button", { name: "Next: Ours" })).toBeVisible();
});

/** Cards whose tops are level with the first one's. */
function sideBySide(page: Page): Promise<number> {
  return page.locator("vitrine-shelf [part=item]").evaluateAll((items) => {
    const tops = items.map((item) => item.getBoundingClientRect().top);
    return tops.filter((top) => Math.abs(top - tops[0]!) < 1).length;
  });
}

test("a merchant's card template, events with a GA4 payload, and calls queued before the tag all work", async ({
  page,
  openSite,
}) => {
  const template = `<template><a class="tile" data-href="url"><b data-text="title"></b>
    <span data-text="price"></span><s data-if="list-price" data-text="list-price"></s></a></template>`;
  const stub = `<style>.tile { color: rgb(9, 8, 7); }</style>
    <script>window.vitrine ||= Object.assign((...call) => vitrine.q.push(call), { q: [] });
    vitrine("observe", { type: "view", productId: "${plainShop.products[9]!.id}" });</script>`;
  const { origin } = await openSite(shelfShop(template, (tag) => stub + tag.head));
  await page.addInitScript(() => {
    const reported: object[] = [];
    Object.assign(window, { reported });
    for (const type of ["impression", "select"]) {
      document.addEventListener(type, (event) => {
        reported.push((event as CustomEvent).detail.ga4);
        event.preventDefault();
      });
    }
  });
  await page.goto(origin);
  const [firstId] = await cardsOn(page, "trending");
  const product = plainShop.products.find(({ id }) => id === firstId)!;
  const tile = page.locator(".tile").first();
  await expect(tile.locator("b")).toHaveText(product.title);
  await expect(tile).toHaveCSS("color", "rgb(9, 8, 7)");
  await expect(tile).toHaveAttribute("href", product.url!);

  await tile.click();
  expect(new URL(page.url()).pathname).toBe("/"); // Canceled: the shopper stays.
  const reported = () =>
    page.evaluate(() => (window as unknown as { reported: object[] }).reported);
  const names = { item_list_id: "vitrine_trending", item_list_name: "Trending now" };
  const item = { item_id: firstId, item_name: product.title, index: 0, ...names };
  expect(await reported()).toContainEqual({
    event: "select_item",
    ecommerce: {
      ...names,
      currency: product.currency,
      items: [expect.objectContaining({ ...item, price: product.priceMinor / 100 })],
    },
  });
  await expect
    .poll(async () => (await reported()).map((ga4) => (ga4 as { event: string }).event))
    .toContain("view_item_list");
  expect(await storedEvents(page)).toContainEqual(
    expect.objectContaining({ type: "view", productId: plainShop.products[9]!.id }),
  );
});
