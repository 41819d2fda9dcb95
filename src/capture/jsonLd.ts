import type { ProductRefs } from "./pageEvent.ts";
import { addressNames, type PageProduct } from "./pageProduct.ts";
import { entriesOf, fieldOf, textOf } from "./pageValue.ts";

/** Deeper than any shop nests, and no more than a listing page holds. */
const MAX_DEPTH = 6;
const MAX_NODES = 2000;

const PRODUCT_TYPES = [
  "Product",
  "ProductGroup",
  "ProductModel",
  "IndividualProduct",
  "SomeProducts",
];

/** Properties that hold a page's subject; a product under any other is only mentioned. */
const WAYS_DOWN = ["@graph", "mainEntity", "mainEntityOfPage"];

/** The products that a page's JSON-LD (schema.org) says it is about, each with its names. */
export function readJsonLd(page: Document): PageProduct[] {
  const scripts = page.querySelectorAll('script[type="application/ld+json" i]');
  const budget = { nodes: MAX_NODES };
  return [...scripts].flatMap((script) => productsIn(parsed(script.textContent), 0, budget));
}

/** Some shops write invalid JSON; the rest of the page still counts. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function productsIn(node: unknown, depth: number, budget: { nodes: number }): PageProduct[] {
  // Plain values lead nowhere; counting them at every level would use up the budget.
  if (typeof node !== "object" || node === null) return [];
  if (depth > MAX_DEPTH || budget.nodes-- <= 0) return [];
  if (Array.isArray(node))
    return entriesOf(node).flatMap((one) => productsIn(one, depth + 1, budget));
  if (isProduct(node)) return [{ names: namesOf(node), address: addressOf(node) }];
  return WAYS_DOWN.flatMap((way) => productsIn(fieldOf(node, way), depth + 1, budget));
}

function isProduct(node: unknown): boolean {
  const type = fieldOf(node, "@type");
  const types = Array.isArray(type) ? entriesOf(type) : [type];
  return types.some((one) => PRODUCT_TYPES.includes((textOf(one) ?? "").replace(/^.*[/:#]/, "")));
}

const ID_FIELDS = [
  "sku",
  "productID",
  "productGroupID",
  "mpn",
  "gtin13",
  "gtin12",
  "gtin14",
  "gtin8",
  "gtin",
];

/** Its own identifiers, then those of its offers and variants, then its addresses. */
function namesOf(node: unknown): ProductRefs {
  const parts = [node, ...listOf(node, "offers"), ...listOf(node, "hasVariant")];
  const ids = parts.flatMap((part) => ID_FIELDS.map((field) => textOf(fieldOf(part, field))));
  const known = ids.filter((id) => id !== undefined).map(withoutScheme);
  const addresses = [fieldOf(node, "url"), fieldOf(node, "@id")].map(textOf);
  return [...new Set([...known, ...addresses.flatMap(addressNames)])];
}

function addressOf(node: unknown): string | undefined {
  return textOf(fieldOf(node, "url")) ?? textOf(fieldOf(node, "@id"));
}

function listOf(node: unknown, field: string): unknown[] {
  const value = fieldOf(node, field);
  return Array.isArray(value) ? entriesOf(value) : [value];
}

/** schema.org lets `productID` name its kind: "sku:4711". */
function withoutScheme(id: string): string {
  return id.replace(/^(sku|mpn|isbn|gtin\d*|ean|upc):/i, "");
}
