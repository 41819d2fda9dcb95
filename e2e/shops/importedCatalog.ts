import { importProducts } from "../../src/cli/feeds/importProducts.ts";
import { readFeed } from "../../src/cli/feeds/readFeed.ts";
import { FRONT, type Listed } from "./shop.ts";

/** The catalog that `vitrine catalog` makes from a platform's own feed. */
export function importedCatalog(feed: object, currency?: string) {
  const options = currency === undefined ? {} : { currency };
  const { products, rejected } = importProducts(readFeed(JSON.stringify(feed), "feed", options));
  if (rejected.length > 0)
    throw new Error(`${rejected[0]?.place} of the feed: ${rejected[0]?.reason}`);
  return products;
}

/** The front page's products as that catalog has them, found by their titles. */
export function frontOf(products: Listed["products"]): Listed["front"] {
  return FRONT.map(({ title }) => products.find((product) => product.title === title)!);
}
