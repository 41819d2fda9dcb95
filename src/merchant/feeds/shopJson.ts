import { FieldError, type Fields, list, object } from "../../engine/fields.ts";
import { entryOf, type FeedEntry, money, plainText } from "./feedEntry.ts";

const MANY = { least: 0, most: 2_000_000 };

/** Shopify's `/products.json`; variants are one product already. The currency is not in the file. */
export function shopifyProducts(file: unknown, currency?: string): FeedEntry[] {
  const rows = list(object(file, "feed").products, "products", MANY, (row) => row);
  return rows.map((row, index) =>
    entryOf(`products[${index}]`, undefined, () =>
      shopifyProduct(object(row, "product"), currency),
    ),
  );
}

function shopifyProduct(product: Fields, currency?: string): Fields {
  const variants = list(product.variants, "variants", { least: 1, most: 2048 }, object);
  const prices = variants.map((variant) => money(variant.price, "price", currency));
  const cheapest = prices.reduce((least, one) => (one.minor < least.minor ? one : least));
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

/** WooCommerce's Store API, `/wp-json/wc/store/v1/products`: prices are text in minor units. */
export function wooProducts(file: unknown): FeedEntry[] {
  const rows = list(file, "feed", MANY, (row) => row);
  return rows.map((row, index) =>
    entryOf(`[${index}]`, undefined, () => wooProduct(object(row, "product"))),
  );
}

function wooProduct(product: Fields): Fields {
  const prices = object(product.prices, "prices");
  const [image] = Array.isArray(product.images) ? (product.images as unknown[]) : [];
  const categories = Array.isArray(product.categories) ? product.categories : [];
  return {
    id: String(product.id ?? ""),
    aliases: [product.sku, `#${product.id}`].filter(Boolean),
    title: product.name,
    categoryPath: categories.slice(0, 1).map((one) => object(one, "categories[0]").name),
    priceMinor: minorText(prices.price, "prices.price"),
    currency: prices.currency_code,
    listPriceMinor: minorText(prices.regular_price ?? prices.price, "prices.regular_price"),
    stock: product.is_in_stock === false ? 0 : undefined,
    description: plainText(product.short_description),
    url: product.permalink,
    image: image ? { src: object(image, "image").src, alt: String(product.name) } : undefined,
  };
}

function minorText(value: unknown, field: string): number {
  if (!/^\d+$/.test(String(value))) throw new FieldError(field, value, "whole minor units as text");
  return Number(value);
}
