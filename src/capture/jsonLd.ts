import { distinct, find, flatMap, map } from "./lists.ts";
import type { ProductRefs } from "./pageEvent.ts";
import type { PageProduct } from "./pageProduct.ts";
import { addressIn, entriesOf, fieldOf, textOf } from "./pageValue.ts";

/** Deeper than any shop nests, and no more than a listing page holds. */
const MAX_DEPTH = 6;
const MAX_NODES = 2000;

const PRODUCT_TYPE = /^(.*[/:#])?(Product(Group|Model)?|IndividualProduct|SomeProducts)$/;

/** Properties that hold a page's subject; a product under any other is only mentioned. */
const WAYS_DOWN = ["@graph", "mainEntity", "mainEntityOfPage"];

/** The products that a page's JSON-LD (schema.org) says it is about, each with its names. */
export function readJsonLd(page: Document): PageProduct[] {
  const scripts = page.querySelectorAll('script[type="application/ld+json" i]');
  const budget = { nodes: MAX_NODES };
  return flatMap(scripts, (script) => productsIn(parsed(script.textContent), 0, budget));
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
    return flatMap(entriesOf(node), (one) => productsIn(one, depth + 1, budget));
  if (isProduct(node)) {
    const title = textOf(fieldOf(node, "name"));
    return [{ names: namesOf(node), address: addressOf(node), title }];
  }
  return flatMap(WAYS_DOWN, (way) => productsIn(fieldOf(node, way), depth + 1, budget));
}

function isProduct(node: unknown): boolean {
  return find(listOf(node, "@type"), (type) => PRODUCT_TYPE.test(textOf(type) ?? "")) !== undefined;
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
  "isbn",
];

/** Its own identifiers, then those of its offers and variants, then its addresses. */
function namesOf(node: unknown): ProductRefs {
  const parts = [node, ...listOf(node, "offers"), ...listOf(node, "hasVariant")];
  const ids = flatMap(parts, (part) => map(ID_FIELDS, (field) => textOf(fieldOf(part, field))));
  const addresses = flatMap(parts, (part) => [
    addressIn(fieldOf(part, "url")),
    addressIn(fieldOf(part, "@id")),
  ]);
  return distinct([...map(ids, withoutScheme), ...addresses]);
}

function addressOf(node: unknown): string | undefined {
  return addressIn(fieldOf(node, "url")) ?? addressIn(fieldOf(node, "@id"));
}

function listOf(node: unknown, field: string): unknown[] {
  const value = fieldOf(node, field);
  return Array.isArray(value) ? entriesOf(value) : [value];
}

/** schema.org lets `productID` name its kind: "sku:4711". */
function withoutScheme(id: string | undefined): string | undefined {
  return id?.replace(/^(sku|mpn|isbn|gtin\d*|ean|upc):/i, "");
}
