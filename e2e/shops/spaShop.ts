import { plainShop } from "./plainShop.ts";
import { FRONT, page, type Shop } from "./shop.ts";

const LINKS = FRONT.map(({ id, title }, index) => ({ id, title, sku: `PL-${1000 + index}` }));

/** Changes pages on the client: the shelf in its frame stays. */
const SCRIPT = `
const links = ${JSON.stringify(LINKS)};
function render() {
  const product = links.find(({ id }) => location.pathname === "/products/" + id + ".html");
  document.getElementById("data").textContent = product
    ? JSON.stringify({ "@context": "https://schema.org", "@type": "Product", name: product.title, sku: product.sku })
    : "{}";
  document.getElementById("view").innerHTML = product
    ? "<h1>" + product.title + "</h1><a href='/'>Home</a>"
    : links.map(({ id, title }) => "<a href='/products/" + id + ".html'>" + title + "</a> ").join("");
}
addEventListener("popstate", render);
document.addEventListener("click", (event) => {
  const link = event.target.closest("#view a");
  if (!link) return;
  event.preventDefault();
  history.pushState(null, "", link.href);
  render();
});
render();`;

export const spaShop: Shop = {
  ...plainShop,
  name: "single-page application",
  files: { ...plainShop.files, "/shop.js": SCRIPT },
  page: (path, tag) =>
    path === "/" || path.startsWith("/products/")
      ? page(
          `<title>App</title><script type="application/ld+json" id="data"></script>${tag.head}`,
          `<div id="view"></div>
           <vitrine-shelf strategy="for-you" limit="4"></vitrine-shelf>
           <script src="/shop.js"></script>`,
        )
      : undefined,
};
