import { escaped, listed, page, price, type Shop } from "./shop.ts";

const list = listed(({ id }) => ({ url: `/p/${id}`, aliases: [`SKU-${id}`] }));
const { products } = list;

/**
 * What old libraries do to a page before the tag runs: other methods of the same names, as in Prototype.js
 * 1.6, and lists that know how to become JSON.
 */
const OLD_LIBRARY = `<script>
  Array.from = function (iterable) {
    if (!iterable) return [];
    if ("toArray" in Object(iterable)) return iterable.toArray();
    var length = iterable.length || 0, results = new Array(length);
    while (length--) results[length] = iterable[length];
    return results;
  };
  Array.prototype.entries = function () { return this.slice(); };
  Array.prototype.find = function (iterator, context) {
    for (var at = 0; at < this.length; at++) if (iterator.call(context, this[at], at)) return this[at];
  };
  Array.prototype.filter = function (iterator, context) {
    var results = [];
    for (var at = 0; at < this.length; at++) if (iterator.call(context, this[at], at)) results.push(this[at]);
    return results;
  };
  Array.prototype.toJSON = function () { return "[" + this.join(", ") + "]"; };
</script>`;

/**
 * A shop whose pages say nothing of their products: no structured data, no data layer. In its second
 * language pages are below /fr/.
 */
export const silentShop: Shop = {
  name: "Silent",
  ...list,
  page(path, tag) {
    const own = path.replace(/^\/fr(?=\/)/, "");
    const lang = own === path ? "en" : "fr";
    const head = (more = "") => `<title>Shop</title>${more}${tag.head}`;
    if (own === "/") return page(head(), shelves, lang);
    if (own === "/list")
      return page(head(), `${tiles}${described(products[0]!.url!)}${shelves}`, lang);
    if (own === "/thanks") return page(head(), thanks, lang);
    if (own === "/declared") {
      const canonical = `<link rel="canonical" href="${products[3]!.url}?utm_source=x">`;
      return page(head(canonical), `<h1>${escaped(products[3]!.title)}</h1>`, lang);
    }
    if (own === "/rdfa") return page(head(), rdfa, lang);
    if (own === "/old") return page(OLD_LIBRARY + head(), oldPage, lang);
    const product = products.find(({ url }) => url === own);
    if (product === undefined) return undefined;
    const body = `<h1>${escaped(product.title)}</h1><p>${price(product)}</p>
      <label>Quantity <input class="qty" name="qty" value="2"></label>
      <button type="button" class="button primary"><span>ADD TO CART</span></button>
      <a class="heart" href="#">Remember</a>${shelves}`;
    return page(head(), body, lang);
  },
};

const shelves = `<vitrine-shelf strategy="related" limit="3"></vitrine-shelf>
  <vitrine-shelf strategy="for-you" limit="3"></vitrine-shelf>`;

const tiles = `<ul>${products
  .slice(0, 6)
  .map(
    ({ url, title }) =>
      `<li class="tile"><a href="${url}">${escaped(title)}</a><button type="button">Add to cart</button></li>`,
  )
  .join("")}</ul>`;

function described(url: string): string {
  const product = { "@type": "Product", name: "Of the week", sku: `SKU-${products[0]!.id}`, url };
  return `<script type="application/ld+json">${JSON.stringify(product)}</script>`;
}

const thanks = `<section class="thanks"><p>Order <b class="number">#1001</b></p><table>
  <tr class="line"><td><a href="${products[1]!.url}">One</a></td><td class="units">3</td></tr>
  <tr class="line"><td><a href="${products[2]!.url}">Other</a></td><td class="units">1</td></tr>
</table></section>`;

/** A product in RDFa, one in microdata that the page is about, and one that is only like it. */
const rdfa = `<div vocab="https://schema.org/" typeof="Product" resource="#five">
  <h1 property="name">Five</h1><meta property="sku" content="SKU-${products[4]!.id}"></div>
  <div itemscope itemtype="https://schema.org/ItemPage"><div itemprop="mainEntity" itemscope
    itemtype="https://schema.org/Product"><span itemprop="name">Five</span>
    <div itemprop="isRelatedTo" itemscope itemtype="https://schema.org/Product">
      <meta itemprop="sku" content="SKU-${products[5]!.id}"></div></div></div>`;

/** Speaks, but on a page whose libraries have replaced what scripts rely on. */
const oldPage = `${described("/old")}${shelves}<script>
  window.dataLayer = [{ event: "add_to_cart", ecommerce: { items: { 0: { item_id: "SKU-${products[1]!.id}" } } } }];
</script>`;
