import { FieldError, type Fields, list, object } from "../engine/kit/fields.ts";
import { atOnce, type Steps } from "../engine/kit/scheduler.ts";
import {
  decoded,
  entryOf,
  type FeedEntry,
  fractionDigits,
  money,
  plainText,
  ratingOf,
} from "./feedEntry.ts";

const MANY = { min: 0, max: 2_000_000 };

/** Shopify's `/products.json`; variants are one product already. The currency is not in the file. */
export function shopifyProducts(file: unknown, currency?: string): FeedEntry[] {
  return atOnce(readingShopify(file, currency));
}

/** WooCommerce's Store API, `/wp-json/wc/store/v1/products`: prices are text in minor units. */
export function wooProducts(file: unknown): FeedEntry[] {
  return atOnce(readingWoo(file));
}

/** `shopifyProducts`, a product a step. */
export function* readingShopify(file: unknown, currency?: string): Steps<FeedEntry[]> {
  const rows = list(object(file, "feed").products, "products", MANY, (row) => row);
  return yield* reading(rows, "products", (row) => shopifyProduct(row, currency));
}

/** `wooProducts`, a product a step. */
export function* readingWoo(file: unknown): Steps<FeedEntry[]> {
  return yield* reading(
    list(file, "feed", MANY, (row) => row),
    "",
    wooProduct,
  );
}

function* reading(
  rows: readonly unknown[],
  name: string,
  read: (row: Fields) => Fields,
): Steps<FeedEntry[]> {
  const entries: FeedEntry[] = [];
  for (const [index, row] of rows.entries()) {
    yield;
    entries.push(entryOf(`${name}[${index}]`, undefined, () => read(object(row, "product"))));
  }
  return entries;
}

function shopifyProduct(product: Fields, currency?: string): Fields {
  const variants = list(product.variants, "variants", { min: 1, max: 2048 }, object);
  const prices = variants.map((variant) => money(variant.price, "price", currency));
  const cheapest = prices.reduce((min, one) => (one.minor < min.minor ? one : min));
  const before = variants[prices.indexOf(cheapest)]!.compare_at_price;
  const names = [product.handle, ...variants.flatMap(({ id, sku }) => [id, sku])];
  const [image] = Array.isArray(product.images) ? (product.images as unknown[]) : [];
  return {
    id: String(product.id ?? product.handle ?? ""),
    aliases: [...new Set(names.filter(Boolean).map(String))],
    title: product.title,
    categoryPath: [product.product_type].filter(Boolean),
    priceMinor: cheapest.minor,
    currency: cheapest.currency,
    listPriceMinor: before ? money(before, "compare_at_price", currency).minor : undefined,
    brand: product.vendor,
    tags: Array.isArray(product.tags) ? product.tags : undefined,
    stock: variants.some(({ available }) => available !== false) ? undefined : 0,
    description: plainText(product.body_html),
    url: `/products/${encodeURIComponent(String(product.handle))}`,
    image: image ? { src: object(image, "image").src, alt: String(product.title) } : undefined,
  };
}

function wooProduct(product: Fields): Fields {
  const prices = object(product.prices, "prices");
  const [image] = Array.isArray(product.images) ? (product.images as unknown[]) : [];
  const categories = Array.isArray(product.categories) ? product.categories : [];
  const title = typeof product.name === "string" ? decoded(product.name) : product.name;
  const canBeBought = product.is_in_stock !== false && product.is_purchasable !== false;
  return {
    id: String(product.id ?? ""),
    aliases: [product.sku, `#${product.id}`].filter(Boolean),
    title,
    categoryPath: categories
      .slice(0, 1)
      .map((one) => decoded(String(object(one, "categories[0]").name))),
    priceMinor: minorText(prices, "price"),
    currency: prices.currency_code,
    listPriceMinor: prices.regular_price ? minorText(prices, "regular_price") : undefined,
    rating: ratingOf(product.average_rating, product.review_count),
    stock: canBeBought ? undefined : 0,
    description: plainText(product.short_description),
    url: product.permalink,
    image: image ? { src: object(image, "image").src, alt: String(title) } : undefined,
  };
}

/** In units that the shop has chosen: one without decimals says "42" of 42.00 EUR. */
function minorText(prices: Fields, field: string): number {
  const value = prices[field];
  if (!/^\d+$/.test(String(value))) {
    throw new FieldError(`prices.${field}`, value, "whole minor units as text");
  }
  const digits = fractionDigits(String(prices.currency_code), "prices.currency_code");
  const written = Number(prices.currency_minor_unit ?? digits);
  return Math.round(Number(value) * 10 ** (digits - written));
}
