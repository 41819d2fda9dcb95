import { Parser } from "htmlparser2";
import { FieldError, type Fields, object } from "../../engine/kit/fields.ts";
import {
  categoryPath,
  entryOf,
  type FeedEntry,
  money,
  plainText,
  ratingOf,
} from "../../feeds/feedEntry.ts";

/** schema.org products in a page's JSON-LD: alone, in lists, in `@graph`, or as variants of a group. */
export function jsonLdProducts(html: string, place: string, currency?: string): FeedEntry[] {
  const found: { product: Fields; group?: Fields }[] = [];
  const unreadable: FeedEntry[] = [];
  for (const script of jsonLdScripts(html)) {
    try {
      collect(JSON.parse(script), found, 0);
    } catch {
      const reason = new FieldError("application/ld+json", script.trim(), "JSON");
      unreadable.push({ place, product: reason });
    }
  }
  const entries = found.map(({ product, group }) =>
    entryOf(place, group?.productGroupID ?? product.inProductGroupWithID, () =>
      jsonLdProduct(product, group ?? {}, currency),
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
  depth: number,
  group?: Fields,
): void {
  if (typeof node !== "object" || node === null || depth > DEEPEST) return;
  if (Array.isArray(node)) {
    for (const one of node) collect(one, found, depth + 1, group);
    return;
  }
  const fields = node as Fields;
  if (isA(fields, "Product")) found.push({ product: fields, ...(group && { group }) });
  if (isA(fields, "ProductGroup")) collect(fields.hasVariant, found, depth + 1, fields);
  collect(fields["@graph"], found, depth + 1);
}

function isA(fields: Fields, type: string): boolean {
  return [fields["@type"]].flat().some((name) => String(name).replace(/^.*[/:]/, "") === type);
}

function jsonLdProduct(product: Fields, group: Fields, currency?: string): Fields {
  const either = (field: string) => product[field] ?? group[field];
  const [offer] = [either("offers")].flat();
  const offers = object(offer, "offers");
  const price = money(
    offers.price ?? offers.lowPrice,
    "offers.price",
    currency ?? (offers.priceCurrency as string | undefined),
  );
  const brand = either("brand");
  const image = [either("image")].flat()[0];
  const rating = (either("aggregateRating") ?? {}) as Fields;
  const src = typeof image === "object" && image !== null ? (image as Fields).url : image;
  return {
    id: String(product.productID ?? product.sku ?? product["@id"] ?? ""),
    title: either("name"),
    categoryPath: categoryPath(either("category")),
    priceMinor: price.minor,
    currency: price.currency,
    rating: ratingOf(rating.ratingValue, rating.ratingCount ?? rating.reviewCount),
    brand: typeof brand === "object" && brand !== null ? (brand as Fields).name : brand,
    stock: /(OutOfStock|SoldOut|Discontinued)$/.test(String(offers.availability)) ? 0 : undefined,
    description: plainText(either("description")),
    url: either("url") ?? offers.url,
    image: src ? { src, alt: String(either("name") ?? "") } : undefined,
  };
}
