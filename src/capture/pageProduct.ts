import type { ProductRefs } from "./pageEvent.ts";

/** A product described on a page. */
export interface PageProduct {
  names: ProductRefs;
  /** The address of its own page, if given. */
  address: string | undefined;
}

/**
 * The product that a page is about: the only one described, or the one whose own page this is. A page
 * that describes several products is a list, and viewing a list is not a product view.
 */
export function mainProduct(
  products: readonly PageProduct[],
  location: { href: string },
): PageProduct | undefined {
  const distinct = [
    ...new Map(products.map((product) => [product.names.join("\n"), product])).values(),
  ];
  const named = distinct.filter(({ names }) => names.length > 0);
  if (named.length === 1) return named[0];
  const own = named.filter(({ address }) => isSamePage(address, location.href));
  return own.length === 1 ? own[0] : undefined;
}

function isSamePage(address: string | undefined, here: string): boolean {
  return address !== undefined && pathOf(address, here) === pathOf(here, here);
}

function pathOf(address: string, base: string): string | undefined {
  if (!URL.canParse(address, base)) return undefined;
  const url = new URL(address, base);
  return url.origin + url.pathname.replace(/\/$/, "");
}

/** The forms of an address that a catalog may use: complete, without query, and as a path. */
export function addressNames(address: string | undefined): string[] {
  if (address === undefined) return [];
  if (!/^https?:/i.test(address) || !URL.canParse(address)) return [address];
  const url = new URL(address);
  return [address, url.origin + url.pathname, url.pathname].filter((name) => name.length > 1);
}
