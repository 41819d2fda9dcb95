import { expect } from "playwright/test";
import { frameHost } from "./shops/frameHost.ts";
import { plainShop } from "./shops/plainShop.ts";
import { FRONT, type Shop } from "./shops/shop.ts";
import { cardsOn, shelf, test } from "./support/shopSite.ts";

test("with a frame on another origin the page gets cards, but can read neither events nor weights", async ({
  page,
  openSite,
}) => {
  let shops = "";
  const { origin: frameOrigin } = await openSite(frameHost(plainShop, () => shops));
  const attributes = `data-frame="${frameOrigin}/frame.html"`;
  const { origin } = await openSite(plainShop, { attributes });
  shops = origin;

  const { id, title } = FRONT[0]!;
  await page.goto(`${origin}/products/${id}.html`);
  expect(await cardsOn(page, "related")).toHaveLength(4); // Shown after the view was stored.
  await page.goto(origin);
  await cardsOn(page, "for-you");
  const reasons = shelf(page, "for-you").locator("[part=reason]");
  await expect(reasons.filter({ hasText: "you looked at" }).first()).toBeVisible();
  await expect(reasons.filter({ hasText: title })).toHaveCount(0);

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
    inspect: 'Vitrine: "inspect" is not for frames',
  });
  const frame = page.frames().find((one) => one.url().startsWith(frameOrigin))!;
  const stored = await frame.evaluate(async () => (await indexedDB.databases()).length);
  expect(stored).toBeGreaterThan(0);
});

test("a frame that does not list the shop does not answer it, and the shelf keeps its own content", async ({
  page,
  openSite,
}) => {
  const frameHost: Shop = {
    ...plainShop,
    page: (path, { base }) =>
      path === "/frame.html"
        ? `<!doctype html><html data-shops="https://another.example" data-catalog="/catalog.json">
           <script type="module" src="${base}/vitrine-frame.js"></script></html>`
        : undefined,
  };
  const { origin: frameOrigin } = await openSite(frameHost);
  const shop: Shop = {
    ...plainShop,
    page: (path, tag) =>
      plainShop.page(path, tag)?.replace('limit="4"></', 'limit="4"><p>Our own choice</p></'),
  };
  const { origin } = await openSite(shop, { attributes: `data-frame="${frameOrigin}/frame.html"` });
  await page.clock.install();
  await page.goto(origin);
  await page.waitForFunction(() => document.querySelector("iframe") !== null);
  await page.frameLocator("iframe").locator("html").waitFor({ state: "attached" });
  const reason = page.evaluate(() =>
    (window as unknown as { vitrine: { ready: Promise<void> } }).vitrine.ready.then(
      () => "it runs",
      (error: Error) => error.message,
    ),
  );
  // The frame is asked once it has loaded; the rest is waiting.
  await expect
    .poll(async () => {
      await page.clock.fastForward(16_000);
      return Promise.race([reason, "waiting"]);
    })
    .toBe(`${frameOrigin}/frame.html did not answer: it may not name this shop`);
  await expect(shelf(page, "for-you").getByText("Our own choice")).toBeVisible();
  await expect(page.locator("iframe")).toHaveCount(0);
});
