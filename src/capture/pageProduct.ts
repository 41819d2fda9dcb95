import { addressKeys } from "../engine/shop/productNames.ts";
import { distinct, filter, find } from "./lists.ts";
import type { ProductRefs } from "./pageEvent.ts";

/** A product described on a page. */
export interface PageProduct {
  names: ProductRefs;
  /** The address of its own page, if given. */
  address: string | undefined;
  /** Descriptions with the same title are of the same product. */
  title?: string | undefined;
}

/**
 * The one product that a page is about: the only one described, or that whose own page this is. A page
 * that describes several is a list, and so is one that describes, or links to, a product of another
 * address; looking at a list is not looking at a product.
 */
export function mainProduct(
  products: readonly PageProduct[],
  location: { href: string },
  hasLinkTo: (isSame: (address: string) => boolean) => boolean = () => false,
): PageProduct | undefined {
  const here = location.href;
  const named = filter(merged(products), ({ names }) => names.length > 0);
  const [only] = named;
  if (named.length === 1) return isOwnPage(only!, here, hasLinkTo) ? only : undefined;
  const own = filter(named, ({ address }) => address !== undefined && isSamePage(address, here));
  return own.length === 1 ? own[0] : undefined;
}

/** Theme and apps describe one product each in its own way: they share a name, an address or the title. */
function merged(products: readonly PageProduct[]): PageProduct[] {
  let groups: PageProduct[] = [];
  for (const product of products) {
    let { names, address, title } = product;
    const isOne = (other: PageProduct) => isSameProduct(other, { names, address, title });
    for (let one = find(groups, isOne); one !== undefined; one = find(groups, isOne)) {
      const found = one;
      groups = filter(groups, (other) => other !== found);
      names = distinct([...one.names, ...names]);
      address = one.address ?? address;
      title = one.title ?? title;
    }
    groups[groups.length] = { names, address, title };
  }
  return groups;
}

function isSameProduct(one: PageProduct, other: PageProduct): boolean {
  if (find(one.names, (name) => find(other.names, (own) => own === name) !== undefined))
    return true;
  if (one.title === undefined || one.title !== other.title) return false;
  const { address = other.address } = one;
  return address === undefined || isSamePage(address, other.address ?? address);
}

function isOwnPage(
  { address }: PageProduct,
  here: string,
  hasLinkTo: (isSame: (address: string) => boolean) => boolean,
): boolean {
  const there = pathOf(address ?? "");
  if (there === undefined) return true;
  const own = pathOf(here) ?? "";
  // A product within a collection has the collection's address before its own.
  if (own.slice(-there.length) === there) return true;
  const folder = /[^/]*$/;
  const isSibling = own.replace(folder, "") === there.replace(folder, "");
  return isSibling && !hasLinkTo((link) => pathOf(link) === there);
}

function isSamePage(address: string, here: string): boolean {
  return pathOf(address) === pathOf(here);
}

/** Its path without language and what campaigns add; undefined if it is not an address. */
function pathOf(address: string): string | undefined {
  const keys = addressKeys(address);
  return keys[keys.length - 1];
}
