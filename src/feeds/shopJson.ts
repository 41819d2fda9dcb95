import { FieldError, type Fields, list, object } from "../engine/kit/fields.ts";
import {
  entryOf,
  type FeedContext,
  type FeedEntry,
  LeftOut,
  linkOf,
  namesOf,
  pictureOf,
  ratingOf,
  stockOf,
  tagsOf,
} from "./feedEntry.ts";
import { fractionDigits, isAmount, type Money, money } from "./money.ts";
import { plainText } from "./plainText.ts";

const MANY = { min: 0, max: 2_000_000 };

/**
 * Shopify's products: `/products.json`, the Admin API's list, a GraphQL answer, or rows of a bulk export.
 * Variants are already one product. REST lists do not give the currency.
 * @returns a reader for each product, to call in any slices.
 */
export function shopifyReaders(file: unknown, context: FeedContext): EntryReader[] {
  const rows = list(shopifyRows(file), "products", MANY, (row) => row);
  return rows.map(
    (row, index) => () =>
      entryOf(`products[${index}]`, undefined, (notes) =>
        shopifyProduct(object(row, "product"), context, notes),
      ),
  );
}

/**
 * WooCommerce's products: the Store API (prices in minor units as text) or the REST API.
 * @returns a reader for each product, to call in any slices.
 */
export function wooReaders(file: unknown, context: FeedContext): EntryReader[] {
  const rows = list(file, "feed", MANY, (row) => row);
  return rows.map(
    (row, index) => () =>
      entryOf(`[${index}]`, undefined, (notes) =>
        wooProduct(object(row, "product"), context, notes),
      ),
  );
}

/** Reads one product of a list. */
export type EntryReader = () => FeedEntry;

function shopifyRows(file: unknown): unknown {
  if (Array.isArray(file)) return bulkRows(file as Fields[]);
  const fields = object(file, "feed");
  const products = fields.products ?? (fields.data as Fields | undefined)?.products;
  return Array.isArray(products) ? products : nodesIn(products);
}

/** GraphQL lists as `edges` of `node`s, or as `nodes`. */
function nodesIn(value: unknown): unknown[] | undefined {
  if (Array.isArray(value)) return value;
  const { nodes, edges } = (value ?? {}) as Fields;
  if (Array.isArray(nodes)) return nodes;
  return Array.isArray(edges) ? edges.map((edge) => (edge as Fields | null)?.node) : undefined;
}

/** A bulk export lists variants and pictures after their product, each naming it. */
function bulkRows(rows: readonly Fields[]): Fields[] {
  const products = new Map<unknown, Fields>();
  for (const row of rows) {
    const parent = products.get(row?.__parentId);
    if (row?.__parentId === undefined) products.set(row?.id ?? row, { ...row });
    else if (parent !== undefined) {
      const field = /\/ProductVariant\//.test(typeof row.id === "string" ? row.id : "")
        ? "variants"
        : "images";
      const others = nodesIn(parent[field]) ?? [];
      parent[field] = [...others, row];
    }
  }
  return [...products.values()];
}

const HIDDEN = /^(draft|archived|unlisted)$/i;

function shopifyProduct(product: Fields, context: FeedContext, notes: string[]): Fields | LeftOut {
  if (HIDDEN.test(String(product.status))) return new LeftOut(String(product.status).toLowerCase());
  const variants = list(variantsOf(product), "variants", { min: 1, max: 2048 }, object);
  const offers = variants.map((variant) => ({
    price: amountOf(variant.price, "price", context),
    before: variant.compare_at_price ?? variant.compareAtPrice,
    isForSale: isForSale(variant),
  }));
  const forSale = offers.filter((offer) => offer.isForSale);
  const best = (forSale.length > 0 ? forSale : offers).reduce((cheapest, one) =>
    one.price.minor < cheapest.price.minor ? one : cheapest,
  );
  const handle = namesOf([product.handle])[0];
  const address = product.onlineStoreUrl ?? (handle && `/products/${encodeURIComponent(handle)}`);
  const title = plainText(product.title, 500);
  const names = variants.flatMap(({ id, sku }) => [...shopifyNames(id), sku]);
  return {
    id: shopifyNames(product.id)[0] ?? handle,
    aliases: namesOf([...shopifyNames(product.id).slice(1), handle, ...names]),
    sharedNames: variants.map(({ barcode }) => barcode),
    title,
    categoryPath: [plainText(product.product_type ?? product.productType, 256)].filter(Boolean),
    priceMinor: best.price.minor,
    currency: best.price.currency,
    listPriceMinor: isAmount(amountIn(best.before))
      ? amountOf(best.before, "compare_at_price", context).minor
      : undefined,
    brand: plainText(product.vendor, 256),
    tags: tagsOf(product.tags),
    stock: forSale.length > 0 ? undefined : 0,
    description: plainText(product.body_html ?? product.descriptionHtml ?? product.description),
    url: linkOf(address, context, notes),
    image: pictureOf(shopifyPicture(product), title, notes),
    addedAt: dateOf(product.published_at ?? product.publishedAt ?? product.created_at),
  };
}

/** A product without listed variants may still have their lowest price. */
function variantsOf(product: Fields): unknown {
  const variants = nodesIn(product.variants);
  const range = (product.priceRangeV2 ?? product.priceRange) as Fields | undefined;
  const price = range?.minVariantPrice;
  if ((variants === undefined || variants.length === 0) && price !== undefined) return [{ price }];
  if (variants === undefined) {
    throw new FieldError("variants", product.variants, "a list of variants with id, sku and price");
  }
  return variants;
}

/** "gid://shopify/Product/1" is 1 on the page. */
function shopifyNames(id: unknown): string[] {
  const names = namesOf([id]);
  return namesOf(names.flatMap((name) => [name.replace(/^gid:\/\/shopify\/\w+\//, ""), name]));
}

function amountIn(value: unknown): unknown {
  return typeof value === "object" && value !== null ? (value as Fields).amount : value;
}

/** Text, or `{amount, currencyCode}`. */
function amountOf(value: unknown, field: string, context: FeedContext): Money {
  const currency = (value as Fields | null | undefined)?.currencyCode;
  const named = typeof currency === "string" ? { ...context, currency } : context;
  return money(amountIn(value), field, named);
}

/** The Admin's lists give stock as counts, which do not matter if stock is not tracked. */
function isForSale(variant: Fields): boolean {
  const said = variant.available ?? variant.availableForSale;
  if (typeof said === "boolean") return said;
  const isSoldOn = /^continue$/i.test(String(variant.inventory_policy ?? variant.inventoryPolicy));
  const count = variant.inventory_quantity ?? variant.inventoryQuantity;
  const isCounted = variant.inventory_management !== null;
  return isSoldOn || !isCounted || stockOf({ count }, []) !== 0;
}

function shopifyPicture(product: Fields): unknown {
  const preview = ((product.featuredMedia as Fields | null)?.preview as Fields | null)?.image;
  const [first] = nodesIn(product.images) ?? [];
  const image = (first ?? product.image ?? product.featuredImage ?? preview) as Fields | null;
  return image?.src ?? image?.url ?? image?.originalSrc;
}

function dateOf(value: unknown): string | undefined {
  return typeof value === "string" && !Number.isNaN(Date.parse(value)) ? value : undefined;
}

function wooProduct(product: Fields, context: FeedContext, notes: string[]): Fields | LeftOut {
  const status = product.status ?? "publish";
  if (status !== "publish") return new LeftOut(String(status));
  if (product.catalog_visibility === "hidden") return new LeftOut("hidden");
  const title = plainText(product.name, 500);
  const variations = Array.isArray(product.variations) ? (product.variations as unknown[]) : [];
  const ids = variations.map((one) => (one as Fields | null)?.id ?? one);
  const [image] = Array.isArray(product.images) ? (product.images as (Fields | false)[]) : [];
  return {
    id: String(product.id ?? ""),
    aliases: namesOf([product.sku, `#${product.id}`, product.slug, ...ids]),
    sharedNames: [product.global_unique_id],
    title,
    categoryPath: wooCategories(product.categories),
    ...("price" in product ? restPrices(product, context) : storePrices(product)),
    rating: ratingOf(product.average_rating, product.review_count ?? product.rating_count),
    stock: wooStock(product, notes),
    tags: wooTags(product.tags),
    description: plainText(product.short_description || product.description),
    url: linkOf(product.permalink, context, notes),
    image: pictureOf((image || undefined)?.src, title, notes),
    addedAt: dateOf(product.date_created_gmt ?? product.date_created),
  };
}

/** Grouped and external products cannot be put into the cart, but are for sale. */
function wooStock(product: Fields, notes: string[]): number | undefined {
  if (product.is_in_stock === false) return 0;
  const isOfParts = product.type === "grouped" || product.type === "external";
  if (product.is_purchasable === false && product.is_in_stock !== undefined && !isOfParts) return 0;
  return stockOf({ availability: product.stock_status }, notes);
}

/** The deepest category with those above it, as far as their addresses show them. */
function wooCategories(value: unknown): string[] {
  const categories = (Array.isArray(value) ? (value as Fields[]) : [])
    .map((one) => ({ name: plainText(one?.name, 256), link: String(one?.link ?? "") }))
    .filter(({ name }) => name !== undefined && !/^uncategori[sz]ed$/i.test(name));
  const [first] = categories;
  if (first === undefined) return [];
  const isAbove = (upper: string, lower: string) => upper !== "" && lower.startsWith(upper);
  const deepest = categories.reduce((best, one) => (isAbove(best.link, one.link) ? one : best));
  const above = categories.filter(({ link }) => isAbove(link, deepest.link));
  above.sort((left, right) => left.link.length - right.link.length);
  return (above.length > 0 ? above : [deepest]).map(({ name }) => name!);
}

function wooTags(value: unknown): string[] | undefined {
  return Array.isArray(value)
    ? tagsOf(value.map((tag) => (tag as Fields | null)?.name))
    : undefined;
}

/** Prices of the Store API; a product with several has the lowest. */
function storePrices(product: Fields) {
  const prices = object(product.prices, "prices");
  const range = prices.price_range as Fields | null | undefined;
  const isPriced = /^0*[1-9]/.test(String(prices.price));
  const least = isPriced ? prices.price : (range?.min_amount ?? prices.price);
  return {
    priceMinor: minorText(least, prices, "price"),
    currency: prices.currency_code,
    listPriceMinor: prices.regular_price
      ? minorText(prices.regular_price, prices, "regular_price")
      : undefined,
  };
}

/** In units that the shop has chosen: without decimals, 42.00 EUR is "42". */
function minorText(value: unknown, prices: Fields, field: string): number {
  if (!/^\d+$/.test(String(value))) {
    throw new FieldError(`prices.${field}`, value, "whole minor units as text");
  }
  const digits = fractionDigits(String(prices.currency_code), "prices.currency_code");
  const written = Number(prices.currency_minor_unit ?? digits);
  return Math.round(Number(value) * 10 ** (digits - written));
}

/** Prices of the REST API, in whole units with a decimal point. */
function restPrices(product: Fields, context: FeedContext) {
  const options = { ...context, decimalMark: "." } as const;
  const price = money(product.price, "price", options);
  const regular = product.regular_price;
  return {
    priceMinor: price.minor,
    currency: price.currency,
    listPriceMinor: isAmount(regular) ? money(regular, "regular_price", options).minor : undefined,
  };
}
