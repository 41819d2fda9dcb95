import { expect, type Page } from "playwright/test";
import { plainShop } from "./shops/plainShop.ts";
import type { Shop } from "./shops/shop.ts";
import { cardsOn, shelf, test } from "./support/shopSite.ts";

const HOSTILE = `<style>
  body { letter-spacing: 1em; text-transform: uppercase; line-height: 4; text-align: right; }
  h2, h3 { font-size: 90px; margin: 50px; }
  ul { display: block; } li { float: left; width: 900px; }
  a { color: rgb(0, 255, 0) !important; } button, img { display: none !important; }
  [part] { border: 9px solid red !important; }
</style>`;

const hostileShop: Shop = {
  ...plainShop,
  page: (path, tag) => plainShop.page(path, { ...tag, head: HOSTILE + tag.head }),
};

/** Computed styles of the page's own elements. */
function pageLook(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll("body, h1, .list, .list li, .list a")].map((element) => {
      const { font, color, display, margin, padding } = getComputedStyle(element);
      const { x, y, width, height } = element.getBoundingClientRect();
      return [font, color, display, margin, padding, x, y, width, height].join("|");
    }),
  );
}

/** Computed styles of the cards, except for fonts, which they inherit. */
function cardLook(page: Page): Promise<string[]> {
  return shelf(page, "for-you")
    .locator("[part~=title], [part~=link], [part~=image], li, [part~=dismiss]")
    .evaluateAll((elements) =>
      elements.map((element) => {
        const style = getComputedStyle(element);
        const { fontSize, color, display, float, letterSpacing, textTransform } = style;
        const { lineHeight, textAlign, borderTopWidth } = style;
        const look = [fontSize, color, display, float, letterSpacing, textTransform];
        return [...look, lineHeight, textAlign, borderTopWidth].join("|");
      }),
    );
}

test("the page's CSS rules do not affect the cards", async ({ page, openSite }) => {
  const looks: string[][] = [];
  for (const shop of [plainShop, hostileShop]) {
    const { origin } = await openSite(shop);
    await page.goto(origin);
    await cardsOn(page, "for-you");
    looks.push(await cardLook(page));
  }
  expect(looks[0]!.length).toBeGreaterThan(16);
  expect(looks[1]).toEqual(looks[0]);
});

test("the cards' CSS rules do not affect the page", async ({ page, openSite }) => {
  const without = await openSite(plainShop, { head: () => "" });
  await page.goto(without.origin);
  const before = await pageLook(page);
  const { origin } = await openSite(plainShop);
  await page.goto(origin);
  await cardsOn(page, "for-you");
  // Only the body grew, because of the shelves in it.
  expect((await pageLook(page)).slice(1)).toEqual(before.slice(1));
});
