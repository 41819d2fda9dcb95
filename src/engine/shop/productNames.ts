import type { Catalog } from "./catalog.ts";

/**
 * The catalog with products found by other forms of their names, too: addresses need not agree in host,
 * language, campaign or the slash at the end, and ids may have a plug-in's prefix. Exact names come first.
 */
export function withOtherNames(catalog: Catalog): Catalog {
  const { products, rowOf } = catalog;
  let addresses: Map<string, number | undefined> | undefined;
  function otherwise(name: string): number | undefined {
    const keys = addressKeys(name);
    if (keys.length > 0) addresses ??= rowsByAddress(products);
    const row = addresses?.get(keys.find((key) => addresses?.has(key))!);
    if (row !== undefined) return row;
    const within = idsWithin(name).flatMap((id) => rowOf(id) ?? []);
    return within.every((one) => one === within[0]) ? within[0] : undefined;
  }
  return { ...catalog, rowOf: (name) => rowOf(name) ?? otherwise(name) };
}

/** An address that two products share is the name of neither: its row is undefined. */
function rowsByAddress(products: Catalog["products"]): Map<string, number | undefined> {
  const rows = new Map<string, number | undefined>();
  for (const [row, { aliases = [], url = "" }] of products.entries()) {
    for (const key of [...aliases, url].flatMap(addressKeys)) {
      const isFree = !rows.has(key) || rows.get(key) === row;
      rows.set(key, isFree ? row : undefined);
    }
  }
  return rows;
}

/** Parameters that campaigns and search lists add to an address; the page is the same without them. */
const CAMPAIGN = /^(utm_|_|mc_|pr_|(ref|(gc|dc|fbc|msc|yc|ttc)lk?id|[gw]braid|srsltid)$)/i;

/**
 * What an address of a product's page is known by: its path without host, language and slash at the end,
 * with and without its query. Nothing for what is no address.
 */
export function addressKeys(name: string): string[] {
  const [, , path, query = ""] =
    /^((?:https?:)?\/\/[^/?#]*)?(\/[^?#]*|(?=\?))\??([^#]*)/i.exec(name) ?? [];
  if (path === undefined) return [];
  const plain = unescaped(path)
    .replace(/^\/[a-z]{2}([-_][a-z]{2})?(?=\/.)/i, "")
    .replace(/\/+$/, "");
  const kept = query
    .split("&")
    .filter((part) => part !== "" && !CAMPAIGN.test(part.split("=")[0]!));
  const whole = kept.length === 0 ? [] : [`${plain}?${kept.sort().join("&")}`];
  return plain === "" ? whole : [...whole, plain];
}

function unescaped(path: string): string {
  try {
    return decodeURI(path);
  } catch {
    return path; // Not encoded at all: "/100%-cotton".
  }
}

/** Prefixes that feeds' plug-ins put before a shop's ids. */
const PREFIX =
  /^(?:#|gid:\/\/shopify\/\w+\/|gla_|woocommerce_gpf_|wc_post_id_|wc_|fb_|(?:product|variant|variation|item)[-_])(.+)$/i;

/** The shop's own ids in a plug-in's name for a product: each must mean that product, or none. */
function idsWithin(name: string): string[] {
  const [, country] = /^shopify_[a-z]{2}_(.+)$/i.exec(name) ?? [];
  const [, product, variant] = /^(\d+)[-_:](\d+)$/.exec(country ?? name) ?? [];
  if (product !== undefined) return [product, variant!];
  const rest = country ?? PREFIX.exec(name)?.[1];
  return rest === undefined ? [] : [rest];
}
