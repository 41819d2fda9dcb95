import { expect } from "playwright/test";
import { ga4Shop } from "./shops/ga4Shop.ts";
import { cardsOn, shelf, test } from "./support/shopSite.ts";

/** A page with most of the errors that real pages have. */
const MESS = `
  <img name="currentScript" alt=""><form name="baseURI"></form><img name="vitrine" alt="">
  <script>
    Array.prototype.last = function () { return this[this.length - 1]; };
    Object.prototype.polluted = "yes";
    Object.defineProperty(window, "dataLayer", { value: new Proxy([], {
      get(target, key) { if (key === "push") throw new Error("hostile"); return Reflect.get(target, key); },
    }), writable: true });
    setTimeout(() => { throw new Error("the page's own"); });
    Promise.reject(new Error("the page's own"));
  </script>`;

test("a page full of errors and clobbered names still shows cards", async ({ page, openSite }) => {
  const errors: string[] = [];
  page.on("pageerror", ({ message }) => errors.push(message));
  const { origin } = await openSite({
    ...ga4Shop,
    page: (path, tag) => ga4Shop.page(path, { ...tag, head: tag.head + MESS }),
  });
  await page.goto(origin);
  expect(await cardsOn(page, "for-you")).toHaveLength(4);
  expect(errors.filter((message) => !/the page's own|hostile/.test(message))).toEqual([]);
});

test("without a catalog the fallback content stays, and the shelf reports why", async ({
  page,
  openSite,
}) => {
  const { origin } = await openSite({
    ...ga4Shop,
    page: (path, tag) =>
      ga4Shop
        .page(path, { ...tag, head: tag.head.replace("/catalog.json", "/missing.json") })
        ?.replace('limit="4"></vitrine-shelf>', 'limit="4"><p>Our favorites</p></vitrine-shelf>'),
  });
  await page.addInitScript(() => {
    const reported: string[] = [];
    Object.assign(window, { reported });
    // Errors of elements do not bubble, like those of images.
    addEventListener("error", ({ message }) => message && reported.push(message), {
      capture: true,
    });
  });
  await page.goto(origin);
  await expect(shelf(page, "for-you").getByText("Our favorites")).toBeVisible();
  await expect
    .poll(() => page.evaluate(() => (window as never as { reported: string[] }).reported.join()))
    .toContain("/missing.json answered 404, expected a file");
  await expect(shelf(page, "for-you").getByText("Our favorites")).toBeVisible();
});
