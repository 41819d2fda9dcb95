import { createRandom } from "../src/engine/kit/random.ts";
import { createCatalog, type Product } from "../src/engine/shop/catalog.ts";
import { itemPackToBytes } from "../src/engine/shop/itemPack.ts";

/** A synthetic shop of any size, for timings only: products with categories, brands, prices and neighbors. */
export function madeUpShop(size: number): { catalog: string; pack: Uint8Array; ids: string[] } {
  const random = createRandom(size);
  const products: Product[] = Array.from({ length: size }, (_, index) => ({
    id: `p${index}`,
    title: `Product ${index % 977} of kind ${index % 83}`,
    brand: `Brand ${random.integer(200)}`,
    categoryPath: [`Department ${index % 12}`, `Aisle ${index % 120}`],
    priceMinor: 100 + random.integer(50_000),
    currency: "EUR",
  }));
  const neighborsEach = Math.min(20, size - 1);
  const neighbors = Uint32Array.from({ length: size * neighborsEach }, () => random.integer(size));
  const pack = {
    starts: Uint32Array.from({ length: size + 1 }, (_, row) => row * neighborsEach),
    neighbors,
    strengths: Uint8Array.from(neighbors, () => random.integer(256)),
    popularity: Uint8Array.from({ length: size }, () => random.integer(256)),
    prior: undefined,
  };
  return {
    catalog: JSON.stringify({ products }),
    pack: new Uint8Array(itemPackToBytes(pack, createCatalog(products))),
    ids: products.map(({ id }) => id),
  };
}
