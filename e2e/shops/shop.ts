import type { Product } from "../../src/engine/shop/catalog.ts";
import { catalog } from "../support/demoShop.ts";

/** A shop whose only link to Vitrine is the tag on its pages. */
export interface Shop extends Listed {
  name: string;
  /** Response headers of its pages. */
  headers?: Record<string, string>;
  /** The page at a path; undefined where there is none. */
  page(path: string, tag: Tag): string | undefined;
  /** Its own scripts and stylesheets, by path. */
  files?: Record<string, string>;
}

export interface Listed {
  /** The catalog that its merchant put on the site. */
  products: Product[];
  /** The products that the home page links to. */
  front: Product[];
  /** Whether it also has an item pack. */
  hasPack?: boolean;
}

/** The code that the merchant pastes. */
export interface Tag {
  /** Where the tag's files are. */
  base: string;
  /** For the head: stylesheet and script. */
  head: string;
}

/** Products in stock, as many as fit on a small shop's pages. */
export const stock: Product[] = catalog.products.filter(({ stock }) => stock !== 0);

/** As many as the home page lists. */
export const FRONT = stock.slice(0, 12);

/** The demo's catalog and pack, with the shop's own product names and addresses. */
export function listed(change: (product: Product, index: number) => Partial<Product>) {
  const products = catalog.products.map((product, index) => ({
    ...product,
    ...change(product, index),
  }));
  const front = products.filter(({ id }) => FRONT.some((product) => product.id === id));
  return { products, front, hasPack: true } satisfies Listed;
}

export function page(head: string, body: string, lang = "en"): string {
  return `<!doctype html>
<html lang="${lang}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
${head}
</head>
<body>
${body}
</body>
</html>`;
}

export function price({ priceMinor }: Product): string {
  return (priceMinor / 100).toFixed(2);
}

/** Text as HTML. */
export function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
