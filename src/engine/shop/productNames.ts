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
export function idsWithin(name: string): string[] {
  const [, country] = /^shopify_[a-z]{2}_(.+)$/i.exec(name) ?? [];
  const [, product, variant] = /^(\d+)[-_:](\d+)$/.exec(country ?? name) ?? [];
  if (product !== undefined) return [product, variant!];
  const rest = country ?? PREFIX.exec(name)?.[1];
  return rest === undefined ? [] : [rest];
}
