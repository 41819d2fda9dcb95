import { expect } from "playwright/test";
import { plainShop } from "./shops/plainShop.ts";
import { FRONT, type Shop } from "./shops/shop.ts";
import { cardsOn, shelf, test } from "./support/shopSite.ts";

test("with a frame of its own origin the page gets cards, and can read neither events nor weights", async ({
  page,
  openSite,
}) => {
  let shops = "";
  const frameHost: Shop = {
    ...plainShop,
    // The policy that the guide to isolation gives.
    headers: {
      get "Content-Security-Policy"() {
        return `default-src 'none'; script-src 'self'; worker-src 'self'; connect-src 'self'; frame-ancestors ${shops}`;
      },
    },
    page: (path, { base }) =>
      path === "/frame.html"
        ? `<!doctype html><html data-shops="${shops}" data-catalog="/catalog.json" data-pack="/pack.bin">
           <script type="module" src="${base}/vitrine-frame.js"></script></html>`
        : undefined,
  };
  const { origin: frameOrigin } = await openSite(frameHost);
  const attributes = `data-frame="${frameOrigin}/frame.html"`;
  const { origin } = await openSite(plainShop, { attributes });
  shops = origin;

  const { id, title } = FRONT[0]!;
  await page.goto(`${origin}/products/${id}.html`);
  expect(await cardsOn(page, "related")).toHaveLength(4); // Shown after the view was stored.
  await page.goto(origin);
  await cardsOn(page, "for-you");
  const reasons = shelf(page, "for-you").locator("[part=reason]");
  await expect(reasons.filter({ hasText: title }).first()).toBeVisible();

  const seen = await page.evaluate(async () => {
    const { vitrine } = window as unknown as { vitrine: { inspect(): Promise<unknown> } };
    const frame = document.querySelector("iframe")!;
    return {
      databases: await indexedDB.databases(),
      document: frame.contentDocument,
      inspect: await vitrine.inspect().catch((error: Error) => error.message),
    };
  });
  expect(seen).toEqual({
    databases: [],
    document: null,
    inspect: 'Vitrine: "inspect" does not cross into the frame',
  });
  const frame = page.frames().find((one) => one.url().startsWith(frameOrigin))!;
  const stored = await frame.evaluate(async () => (await indexedDB.databases()).length);
  expect(stored).toBeGreaterThan(0);
});
