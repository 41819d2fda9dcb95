import { FieldError, siteUrl } from "../engine/kit/fields.ts";
import type { DecimalMark } from "./money.ts";
import { plainText } from "./plainText.ts";

/** A row of a feed before it becomes a product. Its content is unchecked. */
export interface FeedEntry {
  /** Where it is, for people: "item 3". */
  place: string;
  /** Variants of one product share it. */
  group?: string | undefined;
  /** The fields of a `Product`, or why there are none. */
  product: Record<string, unknown> | FieldError | LeftOut;
  /** Corrections to the row, each in words shared with other rows. */
  notes?: string[];
  /** Its id was made up to distinguish it from the group's other variants: no page uses it. */
  isUnnamed?: boolean;
  /** Names that count only if no other product has them: its GTIN, its group. */
  sharedNames?: string[];
}

/** A row that is a product but not for sale, and why: "draft". */
export class LeftOut {
  readonly reason: string;
  constructor(reason: string) {
    this.reason = reason;
  }
}

/** What the readers of all formats need. */
export interface FeedContext {
  /** ISO currency of feeds that do not give one. */
  currency?: string | undefined;
  decimalMark?: DecimalMark;
  /** The shop's address, for links that are paths or begin with http:. */
  base?: string | undefined;
  /** When the catalog is made, milliseconds since 1970: sale prices may be for another time. */
  now: number;
}

/** Turns one row into an entry; a row that cannot be read becomes its reason. */
export function entryOf(
  place: string,
  group: unknown,
  read: (notes: string[]) => Record<string, unknown> | LeftOut,
): FeedEntry {
  const notes: string[] = [];
  const isNamed = typeof group === "string" || typeof group === "number";
  const entry = { place, group: isNamed && group !== "" ? String(group) : undefined, notes };
  try {
    const product = read(notes);
    if (product instanceof LeftOut) return { ...entry, product };
    const { sharedNames, ...fields } = product;
    return {
      ...entry,
      product: withoutUnknown(fields),
      ...(sharedNames !== undefined && { sharedNames: namesOf([sharedNames].flat()) }),
    };
  } catch (error) {
    // A cell of a kind that no feed has, such as an object without a text, costs its row.
    const reason = new FieldError("product", place, `a product (${(error as Error).message})`);
    return { ...entry, product: error instanceof FieldError ? error : reason };
  }
}

/** Names worth keeping: texts or numbers, each once, none longer than a catalog allows. */
export function namesOf(values: readonly unknown[]): string[] {
  const texts = values.map((value) =>
    typeof value === "string" || typeof value === "number" ? String(value).trim() : "",
  );
  return [...new Set(texts)].filter((text) => text !== "" && text.length <= 256);
}

/** Tags as a feed lists them: with commas or bars, or as a list. */
export function tagsOf(value: unknown): string[] | undefined {
  const parts = Array.isArray(value) ? value : String(value ?? "").split(/\s*[,|]\s*/);
  const tags = parts.flatMap((tag) => plainText(tag, 256) ?? []);
  return tags.length === 0 ? undefined : [...new Set(tags)].slice(0, MAX_TAGS);
}
const MAX_TAGS = 250;

/** "A > B" or "A | B" as its levels. A number is an id in a taxonomy, not a name. */
export function categoryPath(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap((level) => plainText(level, 256) ?? []);
  const levels = String(value ?? "")
    .split(/>|&gt;|›|»/)
    .flatMap((level) => plainText(level, 256) ?? []);
  return levels.length === 1 && /^\d+$/.test(levels[0]!) ? [] : levels;
}

/** A rating of 0 to 5 stars; undefined if there is none, or on another scale. */
export function ratingOf(value: unknown, count: unknown) {
  const rating = { value: Number(value ?? Number.NaN), count: Number(count) };
  const isFit = rating.value >= 0 && rating.value <= 5 && Number.isSafeInteger(rating.count);
  return isFit && rating.count > 0 ? rating : undefined;
}

/** Addresses of a site's own pages: "//" leads to https, spaces are encoded. */
function tidied(address: string): string {
  return address
    .trim()
    .replace(/^\/\/(?=[^/])/, "https://")
    .replace(/\s/g, "%20");
}

/** Campaign parameters: on a card they would attribute the shop's own visitors to an advertisement. */
const CAMPAIGN =
  /^(utm_\w+|gclid|gbraid|wbraid|fbclid|msclkid|srsltid|dclid|yclid|ttclid|mc_[ce]id)$/i;

/** A product's link, completed with the shop's address if it is a path. */
export function linkOf(value: unknown, { base }: Pick<FeedContext, "base">, notes: string[]) {
  const text = typeof value === "string" ? tidied(value) : "";
  if (text === "") return undefined;
  const address = base === undefined ? text : withBase(text, base);
  if (/^http:/i.test(address)) {
    throw new FieldError(
      "link",
      value,
      "an https address; --base https://… makes the shop's own links https",
    );
  }
  return withoutCampaign(address, notes);
}

function withBase(address: string, base: string): string {
  if (!URL.canParse(address, base)) return address;
  const url = new URL(address, base);
  const own = new URL(base);
  if (url.host === own.host && url.protocol === "http:") url.protocol = own.protocol;
  return url.href;
}

function withoutCampaign(address: string, notes: string[]): string {
  const [, path = "", query, hash = ""] = /^([^?#]*)\?([^#]*)(#.*)?$/.exec(address) ?? [];
  if (query === undefined) return address;
  const parts = query.split(/&amp;|&/);
  const kept = parts.filter((part) => !CAMPAIGN.test(part.split("=", 1)[0]!));
  if (kept.length === parts.length) return address;
  notes.push("a link without its campaign parameters (utm_…)");
  return path + (kept.length === 0 ? "" : `?${kept.join("&")}`) + hash;
}

/** A product's picture. If a page could not load it, the product has no picture. */
export function pictureOf(value: unknown, alt: unknown, notes: string[]) {
  const text = typeof value === "string" ? value.split(/\s*[,|;]\s*(?=https?:|\/)/)[0]! : "";
  if (text.trim() === "") return undefined;
  const src = tidied(text);
  try {
    return { src: siteUrl(src, "image"), alt: plainText(alt, 500) ?? "" };
  } catch {
    notes.push(
      /^http:/i.test(src)
        ? "no picture: its address begins with http:, which an https page does not load"
        : "no picture: its address is invalid",
    );
    return undefined;
  }
}

const IN_STOCK =
  /^(instock|available|availablefororder|yes|true|y|on|active|preorder|presale|backorder|onbackorder|limitedavailability|lowstock|onlineonly|madetoorder|instockonline|verfügbar|auflager|lieferbar|sofortlieferbar|enstock|disponible|disponibile|opvoorraad|vorbestellbar|reserved)$/;
const OUT_OF_STOCK =
  /^(outofstock|soldout|notavailable|unavailable|discontinued|no|false|n|off|instoreonly|outofstockonline|notinstock|ausverkauft|nichtverfügbar|nichtlieferbar|vergriffen|rupturedestock|épuisé|indisponible|agotado|nodisponible|esaurito|nondisponibile|uitverkocht|nietopvoorraad|oos|retired|endoflife)$/;

/** Units for sale, from a feed's count and availability; undefined if for sale without a count. */
export function stockOf(
  { count, availability }: { count?: unknown; availability?: unknown },
  notes: string[],
): number | undefined {
  const units = unitsOf(count, notes);
  const said = units === undefined || units === "in" ? unitsOf(availability, notes) : undefined;
  const word = wordOf(availability);
  if (OUT_OF_STOCK.test(word)) return 0;
  if (typeof units === "number") return /order/.test(word) && units === 0 ? undefined : units;
  if (units === "out") return 0;
  return said === "out" || said === 0 ? 0 : undefined;
}

function unitsOf(value: unknown, notes: string[]): number | "in" | "out" | undefined {
  const text = String(value ?? "").trim();
  if (text === "") return undefined;
  const [, units] =
    /^[<>~]?\s*(-?\d{1,12})(?:[.,]0+)?\s*(?:\+|pcs\.?|st\.?|stk\.?)?$/i.exec(text) ?? [];
  if (units !== undefined) return Math.max(0, Number(units));
  const word = wordOf(text);
  if (OUT_OF_STOCK.test(word)) return "out";
  if (!IN_STOCK.test(word))
    notes.push(`treated as available: "${text.slice(0, 40)}" is not a known word`);
  return "in";
}

/** "Out of Stock", "out_of_stock" and "https://schema.org/OutOfStock" are one word. */
function wordOf(value: unknown): string {
  return String(value ?? "")
    .toLowerCase()
    .replace(/^(https?:\/\/)?schema\.org\//, "")
    .replace(/[^\p{L}]/gu, "");
}

function withoutUnknown(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined && value !== ""),
  );
}
