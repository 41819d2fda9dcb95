import { escaped, FRONT, listed, page, price, type Shop } from "./shop.ts";

const pathOf = (id: string) => `/products/${id}.html`;
const skuOf = (index: number) => `PL-${1000 + index}`;

const list = listed(({ id }, index) => ({ url: pathOf(id), aliases: [skuOf(index)] }));
const { products } = list;

const STYLE = `
  body { font: 16px/1.5 Georgia, serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
  .list { display: grid; grid-template-columns: repeat(auto-fill, minmax(9rem, 1fr)); gap: 1rem; padding: 0; list-style: none; }
  .list img, .main img { width: 100%; }
  .main { display: grid; grid-template-columns: 1fr 2fr; gap: 2rem; }`;

const SHEET = '<link rel="stylesheet" href="/shop.css">';

/** Plain HTML; its only product data is the JSON-LD for search engines. */
export const plainShop: Shop = {
  name: "plain HTML with JSON-LD",
  ...list,
  files: { "/shop.css": STYLE },
  page(path, tag) {
    if (path === "/") return home(tag.head);
    const index = products.findIndex(({ url }) => url === path);
    return index < 0 ? undefined : productPage(index, tag.head);
  },
};

function home(head: string): string {
  const links = FRONT.map(
    ({ id, title, image }) =>
      `<li><a href="${pathOf(id)}"><img src="${image?.src}" alt="" width="100" height="100">${escaped(title)}</a></li>`,
  );
  // A product list for search engines: viewing the page is not a view of any of them.
  const itemList = {
    "@context": "https://schema.org",
    "@type": "ItemList",
    itemListElement: FRONT.map(({ title }, index) => ({
      "@type": "ListItem",
      position: index + 1,
      item: { "@type": "Product", name: title, sku: skuOf(index) },
    })),
  };
  return page(
    `<title>Corner shop</title>${SHEET}${jsonLd(itemList)}${head}`,
    `<h1>Corner shop</h1><ul class="list">${links.join("")}</ul>
     <vitrine-shelf strategy="for-you" limit="4"></vitrine-shelf>
     <vitrine-shelf strategy="recently-viewed" limit="4"></vitrine-shelf>`,
  );
}

function productPage(index: number, head: string): string {
  const product = products[index]!;
  const { title, description = "", brand, image } = product;
  const data = {
    "@context": "https://schema.org",
    "@graph": [
      { "@type": "BreadcrumbList", itemListElement: [] },
      {
        "@type": "Product",
        name: title,
        sku: skuOf(index),
        brand: { "@type": "Brand", name: brand },
        offers: {
          "@type": "Offer",
          price: price(product),
          priceCurrency: product.currency,
          availability: "https://schema.org/InStock",
        },
      },
    ],
  };
  return page(
    `<title>${escaped(title)}</title>${SHEET}${jsonLd(data)}${head}`,
    `<p><a href="/">Corner shop</a></p>
     <div class="main"><img src="${image?.src}" alt="" width="300" height="300">
     <div><h1>${escaped(title)}</h1><p>${escaped(description)}</p><p>€ ${price(product)}</p></div></div>
     <vitrine-shelf strategy="related" limit="4"></vitrine-shelf>`,
  );
}

function jsonLd(data: object): string {
  return `<script type="application/ld+json">${JSON.stringify(data).replaceAll("<", "\\u003c")}</script>`;
}
