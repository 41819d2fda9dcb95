import { expect, type Page } from "playwright/test";
import type { VitrineApi } from "../src/widget/vitrineApi.ts";
import { plainShop } from "./shops/plainShop.ts";
import { page as pageOf, type Shop } from "./shops/shop.ts";
import { storedEvents, test } from "./support/shopSite.ts";

const [viewed, listed, carted, wished] = plainShop.front;

/** A shop with one page, whose content is `body`. */
function shopSaying(body: string, head = ""): Shop {
  return {
    ...plainShop,
    page: (path, tag) =>
      path === "/" ? pageOf(`<title>Shop</title>${head}${tag.head}`, body) : undefined,
  };
}

/** Waits until the script has read the page. */
async function whenRead(page: Page): Promise<void> {
  await page.waitForFunction(
    () => (window as { vitrine?: Partial<VitrineApi> }).vitrine?.report?.() !== undefined,
  );
}

/** Types and products of the stored events, oldest first, once there are `count`. */
async function eventsOf(page: Page, count: number) {
  await whenRead(page);
  await expect.poll(async () => (await storedEvents(page)).length).toBe(count);
  const events = await storedEvents(page);
  return events.reverse().map(({ at: _, ...event }) => event);
}

/** A product with breadcrumbs and similar products, as in Magento's and older WooCommerce themes. */
const MICRODATA = `
  <ol itemscope itemtype="https://schema.org/BreadcrumbList">
    <li itemprop="itemListElement" itemscope itemtype="https://schema.org/ListItem">
      <a itemprop="item" href="/"><span itemprop="name">Home</span></a><meta itemprop="position" content="1"></li>
  </ol>
  <div class="product-info-main" itemscope itemtype="http://schema.org/Product">
    <h1 class="page-title"><span class="base" itemprop="name">A product</span></h1>
    <div class="product attribute sku"><strong class="type">SKU</strong>
      <div class="value" itemprop="sku"> PL-1000
      </div></div>
    <div itemprop="offers" itemscope itemtype="http://schema.org/Offer">
      <meta itemprop="price" content="129"><meta itemprop="priceCurrency" content="EUR">
      <link itemprop="availability" href="http://schema.org/InStock"></div>
    <div itemprop="isRelatedTo" itemscope itemtype="http://schema.org/Product">
      <meta itemprop="sku" content="PL-1001"><a itemprop="url" href="/other">Another</a></div>
  </div>`;

test("microdata: a product page is a view of that product, not of products it mentions", async ({
  page,
  openSite,
}) => {
  const { origin } = await openSite(shopSaying(MICRODATA));
  await page.goto(origin);
  expect(await eventsOf(page, 1)).toMatchObject([{ type: "view", productId: viewed!.id }]);

  const wish = `<button data-vitrine="wishlist" data-vitrine-id="${wished!.id}">Wish</button>`;
  const list = MICRODATA.replace(' itemprop="isRelatedTo"', "");
  const { origin: other } = await openSite(shopSaying(list + wish));
  await page.goto(other);
  await whenRead(page);
  await page.getByRole("button").click();
  expect(await eventsOf(page, 1)).toMatchObject([{ type: "wishlist" }]); // Viewing a list is not a product view.
});

test("marked elements report views, clicks and an order, whatever the page does with them, and store no search", async ({
  page,
  openSite,
}) => {
  const body = `
    <article data-vitrine="view" data-vitrine-id="${viewed!.id}"><h1>A product</h1></article>
    <div data-vitrine-id="${carted!.id}">
      <button data-vitrine="add_to_cart" data-vitrine-quantity="2"><b>Add</b></button>
      <button data-vitrine="remove_from_cart">Remove</button></div>
    <button data-vitrine="wishlist" data-vitrine-id="${wished!.id}">Wish</button>
    <button data-vitrine="wishlist" data-vitrine-id="${wished!.id}" data-vitrine-saved="false">Unwish</button>
    <button data-vitrine="whatever" data-vitrine-id="${wished!.id}">Odd</button>
    <form data-vitrine="search" action="/?"><input type="search" name="q"></form>
    <script>
      for (const button of document.querySelectorAll("button")) button.onclick = (event) => {
        event.stopImmediatePropagation();
        button.remove();
      };
      document.forms[0].onsubmit = () => false;
    </script>`;
  const { origin } = await openSite(shopSaying(body));
  await page.goto(origin);
  await eventsOf(page, 1);
  await page.getByText("Add").click();
  for (const name of ["Remove", "Wish", "Unwish", "Odd"]) {
    await page.getByRole("button", { name, exact: true }).click();
  }
  await page.getByRole("searchbox").fill(" trail shoe ");
  await page.getByRole("searchbox").press("Enter");
  expect(await eventsOf(page, 5)).toMatchObject([
    { type: "view", productId: viewed!.id },
    { type: "add_to_cart", productId: carted!.id, quantity: 2 },
    { type: "remove_from_cart", productId: carted!.id, quantity: 1 },
    { type: "wishlist", productId: wished!.id, saved: true },
    { type: "wishlist", productId: wished!.id, saved: false },
  ]);

  const order = `<table data-vitrine="purchase" data-vitrine-order="T-7">
    <tr data-vitrine-id="${carted!.id}" data-vitrine-quantity="3"><td>3</td></tr>
    <tr data-vitrine-id="${wished!.id}"><td>1</td></tr><tr data-vitrine-id="nobody"></tr></table>`;
  const { origin: thanks } = await openSite(shopSaying(order));
  for (let visit = 0; visit < 2; visit++) {
    await page.goto(thanks);
    expect(await eventsOf(page, 1)).toMatchObject([
      {
        type: "purchase",
        orderId: "T-7",
        items: [
          { productId: carted!.id, quantity: 3 },
          { productId: wished!.id, quantity: 1 },
        ],
      },
    ]);
  }
});

/** Segment's snippet: a queue with stubs for methods, replayed by the library that comes later. */
const SEGMENT = `<script>
  var analytics = window.analytics = window.analytics || [];
  analytics.methods = ["track", "page", "identify", "on", "off", "ready"];
  analytics.factory = (method) => function () {
    if (window.analytics.initialized) return window.analytics[method].apply(window.analytics, arguments);
    analytics.push([method].concat([].slice.call(arguments)));
    return analytics;
  };
  for (const method of analytics.methods) analytics[method] = analytics.factory(method);
  analytics.page();
  analytics.track("Product Viewed", { product_id: "${viewed!.id}", sku: "PL-1000", price: 129 });
  // As analytics.js does it: takes the queue's place and replays it.
  window.loadLibrary = () => {
    const queue = [...analytics], listeners = [];
    window.analytics = { initialized: true, on: (name, then) => listeners.push([name, then]), off() {},
      page() {}, track: (...call) => listeners.forEach(([name, then]) => name === "track" && then(...call)) };
    for (const [method, ...call] of queue) window.analytics[method](...call);
  };
</script>`;

test("Segment: calls queued by its snippet and calls to the library that replaces it are read", async ({
  page,
  openSite,
}) => {
  const { origin } = await openSite(shopSaying("<h1>A product</h1>", SEGMENT));
  await page.goto(origin);
  await eventsOf(page, 1);
  await page.evaluate(
    ([carted, listed]) => {
      const shop = window as unknown as {
        loadLibrary(): void;
        analytics: { track(name: string, properties: object): void };
      };
      shop.loadLibrary();
      shop.analytics.track("Product Added", { product_id: carted, quantity: 2 });
      shop.analytics.track("Order Completed", {
        order_id: "S-1",
        products: [{ product_id: listed, quantity: 1 }],
      });
    },
    [carted!.id, listed!.id],
  );
  expect(await eventsOf(page, 3)).toMatchObject([
    { type: "view", productId: viewed!.id },
    { type: "add_to_cart", productId: carted!.id, quantity: 2 },
    { type: "purchase", orderId: "S-1", items: [{ productId: listed!.id, quantity: 1 }] },
  ]);
});
