import { escaped, FRONT, listed, page, price, type Shop, stock } from "./shop.ts";

const pathOf = (id: string) => `/p/${id}`;
const numberOf = (index: number) => String(90_000 + index);

const list = listed(({ id }, index) => ({ url: pathOf(id), aliases: [numberOf(index)] }));
const { products } = list;

/** Google's snippet, as consoles print it, before Tag Manager's own. */
const CONSENT = `<script>
  window.dataLayer = window.dataLayer || [];
  function gtag() { dataLayer.push(arguments); }
  if (location.search.includes("banner")) gtag("consent", "default", {
    ad_storage: "denied", ad_user_data: "denied", ad_personalization: "denied",
    analytics_storage: "denied", functionality_storage: "denied",
    personalization_storage: "denied", security_storage: "granted", wait_for_update: 500,
  });
  gtag("js", new Date());
  gtag("config", "G-TEST");
</script>`;

const STYLE = `<style>
  body { font-family: Arial, sans-serif; margin: 0; color: #222; }
  header { background: #0b3d2e; color: #fff; padding: 1rem 2rem; }
  main { padding: 1rem 2rem; max-width: 70rem; }
  .tiles { display: flex; flex-wrap: wrap; gap: 1rem; }
  .tiles a { width: 8rem; color: inherit; }
</style>`;

/** A shop that pushes GA4 events to Tag Manager's data layer, as most measured shops do. */
export const ga4Shop: Shop = {
  name: "GA4 and Tag Manager",
  ...list,
  page(path, tag) {
    if (path === "/") return home(tag.head);
    if (path === "/thank-you") return thankYou(tag.head);
    const index = products.findIndex(({ url }) => url === path);
    return index < 0 ? undefined : productPage(index, tag.head);
  },
};

function item(index: number) {
  const product = products[index]!;
  return {
    item_id: numberOf(index),
    item_name: product.title,
    item_brand: product.brand,
    item_category: product.categoryPath[0],
    item_category2: product.categoryPath[1],
    price: price(product),
    quantity: 1,
  };
}

/** Pages clear the last `ecommerce` before they push the next, as Google's guide recommends. */
function push(event: string, ecommerce: object): string {
  return `dataLayer.push({ ecommerce: null });
    dataLayer.push(${JSON.stringify({ event, ecommerce }).replaceAll("<", "\\u003c")});`;
}

function layout(head: string, title: string, body: string): string {
  return page(
    `${CONSENT}<title>${escaped(title)}</title>${STYLE}${head}`,
    `<header><a href="/" style="color:inherit">Measured goods</a></header><main>${body}</main>`,
  );
}

function home(head: string): string {
  const tiles = FRONT.map(({ id, title }) => `<a href="${pathOf(id)}">${escaped(title)}</a>`);
  const shown = FRONT.map(({ id }) => item(products.findIndex((product) => product.id === id)));
  return layout(
    head,
    "Measured goods",
    `<h1>New arrivals</h1><div class="tiles">${tiles.join("")}</div>
     <script>${push("view_item_list", { item_list_id: "new", item_list_name: "New", items: shown })}</script>
     <vitrine-shelf strategy="for-you" limit="4"></vitrine-shelf>
     <vitrine-shelf strategy="trending" limit="4"></vitrine-shelf>`,
  );
}

function productPage(index: number, head: string): string {
  const product = products[index]!;
  const value = Number(price(product));
  const ecommerce = { currency: product.currency, value, items: [item(index)] };
  return layout(
    head,
    product.title,
    `<h1>${escaped(product.title)}</h1><p>€ ${price(product)}</p>
     <button id="add">Add to cart</button>
     <script>
       ${push("view_item", ecommerce)}
       document.getElementById("add").onclick = () => { ${push("add_to_cart", ecommerce)} };
     </script>
     <vitrine-shelf strategy="related" limit="4"></vitrine-shelf>`,
  );
}

/** The order page, which shoppers reload and keep open in a tab. */
function thankYou(head: string): string {
  const bought = products.findIndex(({ id }) => id === stock[20]!.id);
  const order = { transaction_id: "T-1001", currency: "EUR", value: 1, items: [item(bought)] };
  return layout(
    head,
    "Thank you",
    `<h1>Thank you</h1><script>gtag("event", "purchase", ${JSON.stringify(order)});</script>`,
  );
}
