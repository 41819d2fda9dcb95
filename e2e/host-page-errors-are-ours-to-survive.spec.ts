import { expect } from "playwright/test";
import type { Recommender } from "../src/engine/recommender.ts";
import { ga4Shop } from "./shops/ga4Shop.ts";
import { plainShop } from "./shops/plainShop.ts";
import { FRONT } from "./shops/shop.ts";
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

/** Names that a page's own markup may give to an element, which then replaces the document's method. */
const CLOBBERED = [
  ...[
    "querySelectorAll",
    "querySelector",
    "addEventListener",
    "removeEventListener",
    "createElement",
  ],
  ...["importNode", "getElementById", "createTextNode", "readyState", "visibilityState", "head"],
];

test("elements with the names of the document's methods cost no card and no event", async ({
  page,
  openSite,
}) => {
  const mess = CLOBBERED.map((name) => `<img name="${name}" alt="">`).join("");
  const { origin } = await openSite({
    ...plainShop,
    page: (path, tag) => plainShop.page(path, tag)?.replace("<h1", `${mess}<h1`),
  });
  // Read through the prototype, as the document's own methods are gone.
  const state = () =>
    page.evaluate(async () => {
      const { vitrine } = window as unknown as { vitrine: Recommender };
      const all = Document.prototype.querySelectorAll.bind(document);
      const cards = [...all("vitrine-shelf")].map(
        ({ shadowRoot }) => shadowRoot?.querySelectorAll("li[data-product-id]").length ?? 0,
      );
      const { events } = await vitrine.inspect();
      return { cards: Math.max(...cards), viewed: events.some(({ type }) => type === "view") };
    });
  const loaded = () =>
    page.evaluate(() => "inspect" in ((window as { vitrine?: object }).vitrine ?? {}));
  await page.goto(`${origin}/products/${FRONT[0]!.id}.html`);
  await expect.poll(loaded).toBe(true);
  await expect.poll(state).toEqual({ cards: 4, viewed: true });
});

test("files that never arrive cost what is in them, not the cards", async ({ page, openSite }) => {
  const problems: string[] = [];
  page.on("pageerror", ({ message }) => problems.push(message));
  for (const file of ["**/pack.bin", "**/capture.js"]) await page.route(file, () => {});
  const { origin } = await openSite(plainShop);
  await page.goto(origin);
  expect(await cardsOn(page, "for-you")).toHaveLength(4);
  const warnings = await page.evaluate(async () => {
    const { vitrine } = window as unknown as { vitrine: Recommender };
    return (await vitrine.inspect()).status.warnings.map(({ message }) => message).join();
  });
  expect(warnings).toMatch(/Cards come without crowd knowledge: .*pack.bin did not arrive/);
  expect(problems).toEqual([]);
});
