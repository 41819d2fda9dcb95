import {
  FieldError,
  type Fields,
  integer,
  list,
  number,
  object,
  oneOf,
  text,
} from "../kit/fields.ts";
import type { Message } from "../kit/message.ts";
import { CATEGORY_LEVELS, type Catalog, closestCategory } from "../shop/catalog.ts";
import type { Cap, ShelfRules } from "./rank.ts";

/**
 * A shop's rule for its shelves. It never brings back products that `isAllowed` or the request excludes.
 * Without `strategies` a rule applies to all shelves except those that only show the shopper's own
 * history.
 */
export type Rule = { strategies?: string[] } & (
  | { type: "pin"; productIds: string[] }
  /**
   * Added to the log-odds, 0 to 10, default 1. On a shelf in a fixed order, products boosted by 1 or more
   * come first.
   */
  | ({ type: "boost"; logOdds?: number } & ProductFilter)
  /** Puts products after all others. */
  | ({ type: "bury" } & ProductFilter)
  /** Pinned products count, but are never removed. */
  | { type: "cap"; per: "brand" | "category"; max: number }
);

/** The products a rule applies to: those that meet all of these conditions. */
export interface ProductFilter {
  productIds?: string[];
  brand?: string;
  /** A category and its subcategories, from the department down, as in `Product.categoryPath`. */
  category?: string[];
}

/** More than any log-odds. */
const BURIED = -1000;
const BOUNDS = { min: 1, max: 500 };
const OWN_PRODUCTS = new Set(["recently-viewed", "buy-again"]);

const PARSERS: { [Type in Rule["type"]]: (fields: Fields, field: string) => object } = {
  pin: (fields, field) => ({ productIds: texts(fields.productIds, `${field}.productIds`) }),
  boost: (fields, field) => ({
    logOdds: number(fields.logOdds ?? 1, `${field}.logOdds`, { min: 0, max: 10 }),
    ...productFilter(fields, field),
  }),
  bury: productFilter,
  cap: (fields, field) => ({
    per: oneOf(fields.per, `${field}.per`, ["brand", "category"]),
    // Version 0.1 wrote `most`; it is read until the next version.
    max: integer(fields.max ?? fields.most, `${field}.max`, { min: 1, max: 200 }),
  }),
};

/** @throws {FieldError} naming the field, for example `rules[1].max`, its value and what was expected. */
export function parseRules(value: unknown, strategies: readonly string[]): Rule[] {
  return list(value, "rules", { min: 0, max: 1000 }, (entry, field) => {
    const fields = object(entry, field);
    const type = oneOf(fields.type, `${field}.type`, Object.keys(PARSERS)) as Rule["type"];
    const shelves =
      fields.strategies === undefined
        ? {}
        : {
            strategies: list(fields.strategies, `${field}.strategies`, BOUNDS, (name, at) =>
              oneOf(name, at, strategies),
            ),
          };
    return { type, ...shelves, ...PARSERS[type](fields, field) } as Rule;
  });
}

function productFilter(fields: Fields, field: string): ProductFilter {
  const { productIds, brand, category } = fields;
  if (productIds === undefined && brand === undefined && category === undefined) {
    throw new FieldError(field, fields, "a rule with productIds, brand or category");
  }
  return {
    ...(productIds === undefined ? {} : { productIds: texts(productIds, `${field}.productIds`) }),
    ...(brand === undefined ? {} : { brand: text(brand, `${field}.brand`) }),
    ...(category === undefined
      ? {}
      : { category: texts(category, `${field}.category`, CATEGORY_LEVELS) }),
  };
}

function texts(value: unknown, field: string, max = BOUNDS.max): string[] {
  return list(value, field, { min: 1, max }, (entry, at) => text(entry, at));
}

/** The rules that apply to a shelf of this strategy. */
export function rulesFor(rules: readonly Rule[], strategy: string): Rule[] {
  return rules.filter(
    ({ strategies }) => strategies?.includes(strategy) ?? !OWN_PRODUCTS.has(strategy),
  );
}

/** One plain sentence for each rule that matches no product, which is probably a mistake. */
export function idleRules(rules: readonly Rule[], catalog: Catalog): Message[] {
  return rules.flatMap((rule, index) => {
    const isIdle = rule.type !== "cap" && rowsMatching(rule, catalog).size === 0;
    const { type } = rule;
    const message = `Rule rules[${index}] (${type}) matches no product of the catalog`;
    return isIdle ? [{ code: "rule-matches-nothing", params: { index, type }, message }] : [];
  });
}

/** Compiles rules for `rank`; undefined if there are none. Ids that are not in the catalog are skipped. */
export function compileRules(rules: readonly Rule[], catalog: Catalog): ShelfRules | undefined {
  if (rules.length === 0) return undefined;
  const pinned: number[] = [];
  const caps: Cap[] = [];
  const lifts: { rows: ReadonlySet<number>; logOdds: number }[] = [];
  for (const rule of rules) {
    if (rule.type === "pin")
      pinned.push(...rule.productIds.flatMap((id) => catalog.rowOf(id) ?? []));
    else if (rule.type === "cap") caps.push({ keyOf: keyOf(rule.per, catalog), max: rule.max });
    else {
      const logOdds = rule.type === "bury" ? BURIED : (rule.logOdds ?? 1);
      lifts.push({ rows: rowsMatching(rule, catalog), logOdds });
    }
  }
  return {
    pinned,
    caps,
    liftOf: (row) => lifts.reduce((sum, lift) => sum + (lift.rows.has(row) ? lift.logOdds : 0), 0),
  };
}

function keyOf(per: "brand" | "category", catalog: Catalog): Cap["keyOf"] {
  return per === "brand" ? (row) => catalog.brands[row]! : (row) => closestCategory(catalog, row);
}

/** Rows that meet all of the filter's conditions. */
export function rowsMatching(filter: ProductFilter, catalog: Catalog): Set<number> {
  const { productIds, brand, category = [] } = filter;
  const named = productIds && new Set(productIds.map((id) => catalog.rowOf(id)));
  const rows = new Set<number>();
  catalog.products.forEach((product, row) => {
    if (named && !named.has(row)) return;
    if (brand && product.brand?.toLowerCase() !== brand.toLowerCase()) return;
    if (category.every((name, level) => product.categoryPath[level] === name)) rows.add(row);
  });
  return rows;
}
