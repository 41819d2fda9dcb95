import { Parser } from "htmlparser2";
import { FieldError, type Fields, object } from "../../engine/kit/fields.ts";
import {
  categoryPath,
  entryOf,
  type FeedContext,
  type FeedEntry,
  linkOf,
  namesOf,
  pictureOf,
  ratingOf,
  stockOf,
} from "../../feeds/feedEntry.ts";
import { type Money, money } from "../../feeds/money.ts";
import { plainText } from "../../feeds/plainText.ts";

/** schema.org products in a page's JSON-LD: alone, in lists, in `@graph`, or as variants of a group. */
export function jsonLdProducts(html: string, place: string, context: FeedContext): FeedEntry[] {
  const found: { product: Fields; group?: Fields }[] = [];
  const unreadable: FeedEntry[] = [];
  for (const script of jsonLdScripts(html)) {
    try {
      collect(JSON.parse(script), found);
    } catch {
      const reason = new FieldError("application/ld+json", script.trim(), "JSON");
      unreadable.push({ place, product: reason });
    }
  }
  const entries = found.map(({ product, group }) =>
    entryOf(place, group?.productGroupID ?? product.inProductGroupWithID, (notes) =>
      jsonLdProduct(product, group ?? {}, { ...context, notes }),
    ),
  );
  return [...entries, ...unreadable];
}

function jsonLdScripts(html: string): string[] {
  const scripts: string[] = [];
  let isInside = false;
  const parser = new Parser({
    onopentag(name, { type = "" }) {
      isInside = name === "script" && type.trim().toLowerCase() === "application/ld+json";
      if (isInside) scripts.push("");
    },
    ontext(part) {
      if (isInside) scripts[scripts.length - 1] += part;
    },
    onclosetag() {
      isInside = false;
    },
  });
  parser.end(html);
  return scripts;
}

const DEEPEST = 8;

function collect(
  node: unknown,
  found: { product: Fields; group?: Fields }[],
  { depth = 0, group }: { depth?: number; group?: Fields | undefined } = {},
): void {
  if (typeof node !== "object" || node === null || depth > DEEPEST) return;
  if (Array.isArray(node)) {
    for (const one of node) collect(one, found, { depth: depth + 1, group });
    return;
  }
  const fields = node as Fields;
  if (isA(fields, "Product")) found.push({ product: fields, ...(group && { group }) });
  if (isA(fields, "ProductGroup"))
    collect(fields.hasVariant, found, { depth: depth + 1, group: fields });
  for (const way of ["@graph", "mainEntity", "mainEntityOfPage"]) {
    collect(fields[way], found, { depth: depth + 1 });
  }
}

function isA(fields: Fields, type: string): boolean {
  return [fields["@type"]].flat().some((name) => String(name).replace(/^.*[/:]/, "") === type);
}

function jsonLdProduct(
  product: Fields,
  group: Fields,
  context: FeedContext & { notes: string[] },
): Fields {
  const either = (field: string) => product[field] ?? group[field];
  const offers = object([either("offers")].flat()[0], "offers");
  const price = priceOf(offers, context);
  const listed = listPriceOf(offers, { ...context, currency: price.currency });
  const title = plainText(either("name"), 500);
  const rating = (either("aggregateRating") ?? {}) as Fields;
  const id = namesOf([product.productID, product.sku, product["@id"]]);
  return {
    id: id[0],
    aliases: id.slice(1),
    sharedNames: [group.productGroupID, ...GTINS.map((field) => product[field]), product.mpn],
    title,
    categoryPath: categoryPath(either("category")),
    priceMinor: price.minor,
    currency: price.currency,
    listPriceMinor: listed?.minor,
    rating: ratingOf(rating.ratingValue, rating.ratingCount ?? rating.reviewCount),
    brand: plainText(textIn(either("brand"), "name"), 256),
    stock: stockOf({ availability: offers.availability }, context.notes),
    description: plainText(either("description")),
    url: linkOf(either("url") ?? offers.url, context, context.notes),
    image: pictureOf(textIn([either("image")].flat()[0], "url"), title, context.notes),
  };
}

const GTINS = ["gtin", "gtin13", "gtin12", "gtin14", "gtin8", "isbn"];

function textIn(value: unknown, field: string): unknown {
  const first = Array.isArray(value) ? value[0] : value;
  return typeof first === "object" && first !== null ? (first as Fields)[field] : first;
}

/** WooCommerce writes the price into `priceSpecification`, some of them with the one before a sale. */
function specificationsOf(offers: Fields): Fields[] {
  const all = [offers.priceSpecification].flat().filter((one) => typeof one === "object" && one);
  return all as Fields[];
}

function priceOf(offers: Fields, context: FeedContext): Money {
  const specified = specificationsOf(offers).find((one) => !isListPrice(one));
  const amount = offers.price ?? offers.lowPrice ?? specified?.price ?? specified?.minPrice;
  const written = offers.priceCurrency ?? specified?.priceCurrency;
  const currency = typeof written === "string" && written !== "" ? written : context.currency;
  return money(amount, "offers.price", { ...context, currency });
}

function listPriceOf(offers: Fields, context: FeedContext): Money | undefined {
  const listed = specificationsOf(offers).find(isListPrice);
  return listed === undefined ? undefined : money(listed.price, "priceSpecification", context);
}

function isListPrice({ priceType }: Fields): boolean {
  return /(ListPrice|StrikethroughPrice|SRP|MSRP)$/.test(String(priceType));
}
