import { frontOf, importedCatalog } from "./importedCatalog.ts";
import { escaped, FRONT, page, price, type Shop, stock } from "./shop.ts";
import { shopifySection } from "./shopifySection.ts";

const idOf = (index: number) => 8_412_000_000_000 + index;
const variantOf = (index: number) => 45_100_000_000_000 + index;

/** `/products.json`, as every Shopify shop publishes it. */
const feed = {
  products: stock.map((product, index) => ({
    id: idOf(index),
    title: product.title,
    handle: product.id,
    body_html: `<p>${escaped(product.description ?? "")}</p>`,
    published_at: "2026-10-01T09:00:00+02:00",
    vendor: product.brand ?? "Dawn",
    product_type: product.categoryPath.at(-1),
    tags: product.tags ?? [],
    variants: [
      {
        id: variantOf(index),
        title: "Default Title",
        sku: null,
        available: true,
        price: price(product),
        compare_at_price: null,
      },
    ],
    images: [
      { id: idOf(index) + 1, position: 1, src: product.image?.src, width: 1600, height: 1600 },
    ],
    options: [{ name: "Title", position: 1, values: ["Default Title"] }],
  })),
};
const products = importedCatalog(feed, "EUR");

/** A theme in the manner of Dawn: its layout, sections, settings, style and structured data. */
export const shopifyShop: Shop = {
  name: "Shopify theme",
  products,
  front: frontOf(products),
  files: {
    "/cart/add.js": JSON.stringify({ items: [] }),
    "/products.json": JSON.stringify(feed),
    "/assets/product-form.js": `
      customElements.define("product-form", class extends HTMLElement {
        connectedCallback() {
          this.querySelector("form").addEventListener("submit", (event) => {
            event.preventDefault();
            const id = new FormData(event.target).get("id");
            const promise = fetch("/cart/add.js").then(() => ({ userErrors: [] }));
            const lines = [{ merchandiseId: "gid://shopify/ProductVariant/" + id, quantity: 1 }];
            const update = new Event("shopify:cart:lines-update", { bubbles: true });
            this.dispatchEvent(Object.assign(update, { action: "add", context: "product", lines, promise }));
          });
        }
      });`,
  },
  page(path, tag) {
    if (path === "/") return home(tag.head);
    const index = stock.findIndex(({ id }) => path === `/products/${id}`);
    return index < 0 ? undefined : productPage(index, tag.head);
  },
};

/** As Dawn's base.css: a root of ten pixels, a grid for a body, and empty blocks that vanish. */
const BASE_CSS = `<style>
  :root { --font-body-family: Assistant, sans-serif; --font-heading-family: Assistant, sans-serif;
    --font-body-scale: 1; --grid-desktop-horizontal-spacing: 8px; --product-card-corner-radius: 0rem; }
  .color-scheme-1 { --color-background: 255, 255, 255; --color-foreground: 18, 18, 18; --gradient-background: #ffffff; }
  *, *::before, *::after { box-sizing: inherit; }
  html { box-sizing: border-box; font-size: calc(var(--font-body-scale) * 62.5%); height: 100%; }
  body { display: grid; grid-template-rows: auto auto 1fr auto; grid-template-columns: 100%; min-height: 100%; margin: 0;
    font-size: 1.5rem; letter-spacing: 0.06rem; line-height: calc(1 + 0.8 / var(--font-body-scale)); font-family: var(--font-body-family); }
  .page-width { max-width: 120rem; margin: 0 auto; padding: 0 1.5rem; }
  .gradient { background: var(--gradient-background); }
  .isolate { position: relative; z-index: 0; }
  div:empty, section:empty, article:empty, p:empty, h1:empty, h2:empty, h3:empty { display: none; }
  .list-unstyled { margin: 0; padding: 0; list-style: none; }
  .grid { display: flex; flex-wrap: wrap; column-gap: 0.4rem; row-gap: 0.4rem; }
  .grid--4-col-desktop .grid__item { width: calc(25% - 0.3rem); flex-grow: 1; }
  .full-unstyled-link { text-decoration: none; color: currentColor; display: block; }
  .button { border: 0; padding: 0 3rem; min-height: 4.5rem; background: rgb(18, 18, 18); color: #fff; }
</style>`;

/** The content that `content_for_header` adds to every page. */
function shopifyHead(meta: object): string {
  return `<script id="shopify-features" type="application/json">{"accessToken":"0","betas":["rich-media-storefront-analytics"],"domain":"dawn.example","locale":"en"}</script>
  <script>var Shopify = Shopify || {};
    Shopify.shop = "dawn.myshopify.com"; Shopify.locale = "en"; Shopify.country = "DE";
    Shopify.currency = {"active":"EUR","rate":"1.0"};
    Shopify.theme = {"name":"Dawn","id":1,"schema_name":"Dawn","schema_version":"15.4.0","theme_store_id":887,"role":"main"};
    Shopify.routes = Shopify.routes || {}; Shopify.routes.root = "/";
    window.ShopifyAnalytics = window.ShopifyAnalytics || {};
    window.ShopifyAnalytics.meta = ${JSON.stringify(meta)};</script>`;
}

function layout(title: string, { head, meta, body }: { head: string; meta: object; body: string }) {
  return page(
    `<title>${escaped(title)} – Dawn</title>${shopifyHead(meta)}${BASE_CSS}
     <script src="/assets/product-form.js" defer></script>${head}`,
    `<a class="skip-to-content-link" href="#MainContent">Skip to content</a>
     <header class="header page-width"><a href="/" class="header__heading-link">Dawn</a></header>
     <main id="MainContent" class="content-for-layout focus-none" role="main" tabindex="-1">${body}</main>`,
  );
}

function home(head: string): string {
  const cards = FRONT.map(
    ({
      id,
      title,
      image,
    }) => `<li class="grid__item"><div class="card-wrapper product-card-wrapper">
      <div class="card card--standard card--media"><div class="card__inner"><div class="card__media">
      <img src="${image?.src}" alt="" width="200" height="200" loading="lazy"></div></div>
      <div class="card__content"><h3 class="card__heading h5"><a href="/products/${id}" class="full-unstyled-link">
      ${escaped(title)}</a></h3></div></div></div></li>`,
  );
  const body = `<section id="shopify-section-template--17390__featured_collection" class="shopify-section section">
     <div class="color-scheme-1 gradient"><div class="collection page-width"><h2 class="title">Featured products</h2>
     <ul class="grid product-grid list-unstyled grid--4-col-desktop">${cards.join("")}</ul></div></div></section>
     ${shopifySection({})}`;
  return layout("Home", {
    head,
    meta: { page: { pageType: "home", resourceType: "index" } },
    body,
  });
}

function productPage(index: number, head: string): string {
  const product = stock[index]!;
  const { title, brand = "Dawn", id: handle, image } = product;
  const [id, variant] = [idOf(index), variantOf(index)];
  const gid = `gid://shopify/Product/${id}`;
  const meta = {
    product: {
      id,
      gid,
      vendor: brand,
      type: product.categoryPath.at(-1),
      variants: [{ id: variant, price: product.priceMinor, sku: null }],
    },
    page: { pageType: "product", resourceType: "product", resourceId: id },
  };
  const body = `<section id="shopify-section-template--17390__main" class="shopify-section section">
    <product-info id="MainProduct-template--17390__main" data-section="template--17390__main" data-product-id="${id}" data-url="/products/${handle}">
    <div class="page-width"><img src="${image?.src}" alt="" width="300" height="300">
    <p class="product__text caption-with-letter-spacing">${escaped(brand)}</p>
    <div class="product__title"><h1>${escaped(title)}</h1></div>
    <div class="price price--large"><span class="price-item price-item--regular">€${price(product)} EUR</span></div>
    <product-form class="product-form"><form method="post" action="/cart/add" accept-charset="UTF-8" class="form" novalidate data-type="add-to-cart-form">
    <input type="hidden" name="form_type" value="product"><input type="hidden" name="id" value="${variant}" class="product-variant-id">
    <button type="submit" name="add" class="product-form__submit button">Add to cart</button></form></product-form>
    </div></product-info>
    <script type="application/ld+json">${structuredData(index)}</script>
    <script>document.dispatchEvent(Object.assign(new Event("shopify:product:view", { bubbles: true }), {
      context: "page", product: { id: "${gid}", handle: "${handle}", selectedVariant: { id: "gid://shopify/ProductVariant/${variant}" } } }));</script>
    </section>${shopifySection({ strategy: "related" }, { id })}`;
  return layout(title, { head, meta, body });
}

/** What Liquid's `structured_data` filter prints; slashes are escaped there. */
function structuredData(index: number): string {
  const product = stock[index]!;
  const path = `/products/${product.id}`;
  const data = {
    "@context": "http://schema.org/",
    "@id": `${path}#product`,
    "@type": "Product",
    brand: { "@type": "Brand", name: product.brand },
    category: product.categoryPath.at(-1),
    description: product.description,
    name: product.title,
    offers: {
      "@id": `${path}?variant=${variantOf(index)}#offer`,
      "@type": "Offer",
      availability: "http://schema.org/InStock",
      price: price(product),
      priceCurrency: "EUR",
      url: `https://dawn.example${path}?variant=${variantOf(index)}`,
    },
    url: `https://dawn.example${path}`,
  };
  return JSON.stringify(data).replaceAll("/", "\\/").replaceAll("<", "\\u003c");
}
