import { frontOf, importedCatalog } from "./importedCatalog.ts";
import { escaped, FRONT, page, price, type Shop, stock } from "./shop.ts";

const idOf = (index: number) => 2300 + index;
/** Half of the products have no SKU: the analytics plugin then sends "#" and the number. */
const skuOf = (index: number) => (index % 2 === 0 ? `woo-${index}` : "");
const pathOf = (id: string) => `/product/${id}/`;

/** The Store API's `/wp-json/wc/store/v1/products`. */
const feed = stock.map((product, index) => ({
  id: idOf(index),
  name: product.title,
  slug: product.id,
  type: "simple",
  permalink: `https://storefront.example${pathOf(product.id)}`,
  sku: skuOf(index),
  short_description: `<p>${escaped(product.description ?? "")}</p>\n`,
  on_sale: false,
  prices: {
    price: String(product.priceMinor),
    regular_price: String(product.priceMinor),
    sale_price: String(product.priceMinor),
    currency_code: "EUR",
    currency_minor_unit: 2,
    currency_prefix: "€",
  },
  images: [{ id: index, src: product.image?.src, alt: "" }],
  categories: [{ id: 15, name: product.categoryPath.at(-1), slug: "c" }],
  is_purchasable: true,
  is_in_stock: true,
}));
const products = importedCatalog(feed);

/** A WooCommerce shop: the Storefront theme's markup and style, its JSON-LD, and its GA4 plugin. */
export const wooShop: Shop = {
  name: "WooCommerce",
  products,
  front: frontOf(products),
  files: { "/wp-json/wc/store/v1/products": JSON.stringify(feed) },
  page(path, tag) {
    if (path === "/") return home(tag.head);
    if (path === "/checkout/order-received/1001/") return orderReceived(tag.head);
    const index = stock.findIndex(({ id }) => pathOf(id) === path);
    return index < 0 ? undefined : productPage(index, tag.head);
  },
};

/** As the theme's style.css: floats in lists, underlined links, buttons in gray. */
const STYLE = `<style>
  body { font: 16px/1.618 "Source Sans Pro", Helvetica, sans-serif; margin: 0; color: #6d6d6d; -webkit-font-smoothing: antialiased; }
  h1, h2, h3 { margin: 0 0 0.5407911001em; font-weight: 300; line-height: 1.214; color: #333; }
  a { color: #7f54b3; text-decoration: none; } .hentry a { text-decoration: underline; }
  button, .button { border: 0; padding: 0.618em 1.4em; background: #eee; color: #333; font-weight: 600; }
  .col-full { max-width: 66.5em; margin: 0 auto; padding: 0 2.6em; }
  ul.products { margin: 0; padding: 0; list-style: none; } ul.products::after { content: ""; display: table; clear: both; }
  ul.products li.product { float: left; width: 21.7%; margin: 0 4.3% 2em 0; text-align: center; }
  ul.products li.product:nth-child(4n) { margin-right: 0; } img { max-width: 100%; height: auto; display: block; }
</style>`;

/**
 * "Google Analytics for WooCommerce", as it prints its gtag: consent is denied by region only, so that in an
 * unknown region everything waits. Its banner has the shopper's answer, as on each page after the first.
 */
const GTAG = `<script id="woocommerce-google-analytics-integration-gtag-js-after">
  window.dataLayer = window.dataLayer || [];
  function gtag(){dataLayer.push(arguments);}
  for ( const mode of [{"analytics_storage":"denied","ad_storage":"denied","ad_user_data":"denied","ad_personalization":"denied","region":["AT","DE"]}] || [] ) {
    gtag( "consent", "default", { "wait_for_update": 500, ...mode } );
  }
  gtag("consent", "update", {"analytics_storage":"granted","ad_storage":"granted","ad_user_data":"granted","ad_personalization":"granted"});
  gtag("js", new Date());
  gtag("set", "developer_id.dOGY3NW", true);
  gtag("config", "G-TEST", {"track_404":true,"allow_google_signals":true,"logged_in":false});
</script>`;

/** An item as the plugin formats it: a SKU or "#" and a number, a price as text, no currency. */
function item(index: number) {
  const product = stock[index]!;
  const item_id = skuOf(index) || `#${idOf(index)}`;
  const item_category = product.categoryPath.at(-1);
  return { item_id, item_name: product.title, item_category, quantity: 1, price: price(product) };
}

function gtagEvent(name: string, params: object): string {
  return `gtag("event", "${name}", ${JSON.stringify(params).replaceAll("<", "\\u003c")});`;
}

interface Parts {
  title: string;
  head: string;
  classes: string;
  body: string;
  foot?: string;
}

/** WordPress prints structured data and the plugin's events at the end of the body. */
function layout({ title, head, classes, body, foot = "" }: Parts): string {
  return page(
    `<title>${escaped(title)} – Storefront</title>${STYLE}${GTAG}${head}`,
    `<div id="page" class="hfeed site ${classes}"><header id="masthead" class="site-header"><div class="col-full">
     <a href="/" class="custom-logo-link" rel="home">Storefront</a></div></header>
     <div id="content" class="site-content"><div class="col-full"><main id="main" class="site-main">${body}</main></div></div></div>${foot}`,
  );
}

function home(head: string): string {
  const cards = FRONT.map((product, index) => {
    const { id, title, image } = product;
    const add = `<a href="?add-to-cart=${idOf(index)}" data-quantity="1" class="button product_type_simple add_to_cart_button ajax_add_to_cart"
      data-product_id="${idOf(index)}" data-product_sku="${skuOf(index)}" rel="nofollow">Add to cart</a>`;
    return `<li class="product type-product post-${idOf(index)} status-publish instock"><a href="${pathOf(id)}" aria-label="${escaped(title)}"
      class="woocommerce-LoopProduct-link woocommerce-loop-product__link"><img src="${image?.src}" alt="" width="324" height="324">
      <h2 class="woocommerce-loop-product__title">${escaped(title)}</h2></a>${add}</li>`;
  });
  return layout({
    title: "Shop",
    head,
    classes: "home woocommerce-page",
    body: `<ul class="products columns-4">${cards.join("")}</ul>
      <vitrine-shelf strategy="for-you" limit="4"></vitrine-shelf>`,
    foot: `<script>${gtagEvent("view_item_list", { items: FRONT.map((_, index) => item(index)) })}</script>`,
  });
}

function productPage(index: number, head: string): string {
  const { title, id, description = "", image } = stock[index]!;
  return layout({
    title,
    head,
    classes: "single-product woocommerce woocommerce-page",
    body: `<div class="woocommerce-notices-wrapper"></div>
      <div id="product-${idOf(index)}" class="product type-product post-${idOf(index)} status-publish instock product-type-simple">
      <div class="woocommerce-product-gallery images"><img src="${image?.src}" alt="" width="324" height="324"></div>
      <div class="summary entry-summary"><h1 class="product_title entry-title">${escaped(title)}</h1>
      <p class="price"><span class="woocommerce-Price-amount amount"><bdi>€${price(stock[index]!)}</bdi></span></p>
      <div class="woocommerce-product-details__short-description"><p>${escaped(description)}</p></div>
      <form class="cart" action="${pathOf(id)}" method="post" onsubmit="return false"><button type="submit" name="add-to-cart" value="${idOf(index)}"
        class="single_add_to_cart_button button alt">Add to cart</button></form></div></div>
      <vitrine-shelf strategy="related" limit="4"></vitrine-shelf>`,
    foot: `<script type="application/ld+json">${structuredData(index)}</script>
      <script>${gtagEvent("view_item", { items: [item(index)] })}
      document.querySelector(".single_add_to_cart_button").addEventListener("click", () => {
        ${gtagEvent("add_to_cart", { items: [item(index)] })}
      });</script>`,
  });
}

function structuredData(index: number): string {
  const product = stock[index]!;
  const url = `https://storefront.example${pathOf(product.id)}`;
  const crumbs = {
    "@type": "BreadcrumbList",
    itemListElement: [
      {
        "@type": "ListItem",
        position: 1,
        item: { name: "Home", "@id": "https://storefront.example" },
      },
    ],
  };
  const thing = {
    "@type": "Product",
    "@id": `${url}#product`,
    name: product.title,
    url,
    description: product.description,
    image: `https://storefront.example${product.image?.src}`,
    sku: skuOf(index) || idOf(index),
    offers: [
      {
        "@type": "Offer",
        priceSpecification: [
          {
            "@type": "UnitPriceSpecification",
            price: price(product),
            priceCurrency: "EUR",
            valueAddedTaxIncluded: false,
            validThrough: "2027-12-31",
          },
        ],
        priceValidUntil: "2027-12-31",
        availability: "http://schema.org/InStock",
        url,
        seller: { "@type": "Organization", name: "Storefront", url: "https://storefront.example" },
      },
    ],
  };
  const data = { "@context": "https://schema.org/", "@graph": [crumbs, thing] };
  return JSON.stringify(data).replaceAll("<", "\\u003c");
}

/** The page that shoppers reload and keep open in a tab. Order numbers are numeric here. */
function orderReceived(head: string): string {
  const order = {
    currency: "EUR",
    value: price(stock[20]!),
    transaction_id: 1001,
    items: [item(20)],
  };
  return layout({
    title: "Order received",
    head,
    classes: "woocommerce-checkout woocommerce-order-received",
    body: `<h1 class="entry-title">Order received</h1><p class="woocommerce-thankyou-order-received">Thank you.</p>`,
    foot: `<script>${gtagEvent("purchase", order)}</script>`,
  });
}
