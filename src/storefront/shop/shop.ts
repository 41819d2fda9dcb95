import {
  type Catalog,
  emptyItemPack,
  fetchFile,
  type ItemPack,
  itemPackFromBytes,
  type Product,
  parseCatalog,
  type RejectedRow,
  rowsByPopularity,
} from "vitrine";
import type { ProductSearch } from "../search/productSearch.ts";

/** The shop's own files, read on the page so that the first cards need nothing else. */
export interface Shop {
  catalog: Catalog;
  rejected: RejectedRow[];
  /** Products in stock, most popular first. */
  popular: readonly Product[];
  /** Whether the item pack counts a product as popular; false for all products without a pack. */
  isPopular(product: Product): boolean;
  departments: readonly Department[];
  /** Loads the search on the first call; tries again after a failure. */
  search(): Promise<ProductSearch>;
}

export interface Department {
  name: string;
  slug: string;
  products: readonly Product[];
}

/** The product with an id, or undefined if the catalog does not contain it (any more). */
export function productIn({ products, rowOf }: Catalog, id: string): Product | undefined {
  const row = rowOf(id);
  return row === undefined ? undefined : products[row];
}

export const CATALOG_URL = "/catalog.json";
export const PACK_URL = "/pack.bin";
/** The order by popularity is not worth a longer wait. */
const PACK_MS = 8000;

/** @throws {Error} if the catalog cannot be loaded; without a pack only the order by popularity is lost. */
export async function loadShop(): Promise<Shop> {
  const [catalogFile, packBytes] = await Promise.all([
    fetchFile(CATALOG_URL, (response) => response.json()),
    // The recommender reads the same file, and its status reports what is wrong.
    fetchFile(PACK_URL, (response) => response.arrayBuffer(), PACK_MS).catch(() => undefined),
  ]);
  return shopOf(catalogFile, packBytes);
}

/** @param packBytes undefined if there is no pack, in which case products keep the catalog's order */
export function shopOf(catalogFile: unknown, packBytes: ArrayBuffer | undefined): Shop {
  const { catalog, rejected } = parseCatalog(catalogFile);
  const pack = readPack(catalog, packBytes);
  return {
    catalog,
    rejected,
    popular: popularProducts(catalog, pack),
    isPopular: ({ id }) => pack.popularity[catalog.rowOf(id)!]! > 0,
    departments: departmentsOf(catalog),
    search: searchOf(catalog),
  };
}

function searchOf({ products }: Catalog): Shop["search"] {
  let opening: Promise<ProductSearch> | undefined;
  return () => {
    opening ??= import("../search/productSearch.ts")
      .then(({ createProductSearch }) => createProductSearch(products))
      .catch((error: Error) => {
        opening = undefined;
        throw error;
      });
    return opening;
  };
}

function popularProducts(catalog: Catalog, pack: ItemPack): Product[] {
  return Array.from(rowsByPopularity(pack), (row) => catalog.products[row]!).filter(
    ({ stock }) => stock !== 0,
  );
}

function readPack(catalog: Catalog, bytes: ArrayBuffer | undefined) {
  try {
    return bytes === undefined ? emptyItemPack(catalog.size) : itemPackFromBytes(bytes, catalog);
  } catch {
    return emptyItemPack(catalog.size); // Reported by the recommender's status, as above.
  }
}

export function departmentsOf({ products }: Catalog): Department[] {
  const byName = new Map<string, Product[]>();
  for (const product of products) {
    const name = product.categoryPath[0];
    if (name === undefined) continue;
    const members = byName.get(name);
    if (members) members.push(product);
    else byName.set(name, [product]);
  }
  return [...byName].map(([name, members]) => ({ name, slug: slugOf(name), products: members }));
}

/** "Running & Fitness" → "running-fitness". */
export function slugOf(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-|-$/g, "");
}
