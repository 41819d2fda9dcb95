import { distinct, filter, find, map } from "./lists.ts";
import type { PageProduct } from "./pageProduct.ts";
import { addressIn } from "./pageValue.ts";

const PRODUCT =
  '[itemscope][itemtype*="schema.org/Product"],[typeof~="Product"],[typeof$=":Product"]';
const ID_FIELDS = ["sku", "productID", "mpn", "gtin13", "gtin12", "gtin14", "gtin8", "gtin"];

/** The products that a page's microdata or RDFa (schema.org) says it is about, each with its names. */
export function readMicrodata(page: Document): PageProduct[] {
  // A product that is a property of another (`isRelatedTo`) is only mentioned.
  const main = filter(page.querySelectorAll(PRODUCT), (product) =>
    /^$|mainEntity$/.test(
      product.getAttribute("itemprop") ?? product.getAttribute("property") ?? "",
    ),
  );
  return map(main, productOf);
}

function productOf(product: Element): PageProduct {
  const address =
    propertyOf(product, "url") ??
    addressIn(product.getAttribute("itemid") ?? product.getAttribute("resource"));
  const ids = map(ID_FIELDS, (field) => propertyOf(product, field));
  return { names: distinct([...ids, address]), address, title: propertyOf(product, "name") };
}

/** The value of a property of the product itself or of its offer, as the standards read it. */
function propertyOf(product: Element, field: string): string | undefined {
  const elements = product.querySelectorAll(
    `[itemprop~="${field}"],[property~="${field}"],[property$=":${field}"]`,
  );
  const own = find(elements, (one) => one.parentElement?.closest(PRODUCT) === product);
  const written =
    own?.getAttribute("content") ?? own?.getAttribute("href") ?? own?.getAttribute("src");
  return addressIn(written ?? own?.textContent);
}
