import { addressNames, type PageProduct } from "./pageProduct.ts";
import { textOf } from "./pageValue.ts";

const PRODUCT = '[itemscope][itemtype*="schema.org/Product"]';
const ID_FIELDS = ["sku", "productID", "mpn", "gtin13", "gtin12", "gtin14", "gtin8", "gtin"];

/** The products that a page's microdata (schema.org) says it is about, each with its names. */
export function readMicrodata(page: Document): PageProduct[] {
  const products = [...page.querySelectorAll(PRODUCT)];
  // A product that is a property of another (`isRelatedTo`) is only mentioned.
  return products.filter((product) => !product.hasAttribute("itemprop")).map(productOf);
}

function productOf(product: Element): PageProduct {
  const ids = ID_FIELDS.map((field) => propertyOf(product, field)).filter((id) => id !== undefined);
  const address = propertyOf(product, "url") ?? textOf(product.getAttribute("itemid"));
  return { names: [...new Set([...ids, ...addressNames(address)])], address };
}

/** The value of a property of the product itself or of its offer, as the microdata standard reads it. */
function propertyOf(product: Element, field: string): string | undefined {
  const elements = product.querySelectorAll(`[itemprop~="${field}"]`);
  const own = [...elements].find((one) => one.parentElement?.closest(PRODUCT) === product);
  const written =
    own?.getAttribute("content") ?? own?.getAttribute("href") ?? own?.getAttribute("src");
  return textOf(written ?? own?.textContent);
}
