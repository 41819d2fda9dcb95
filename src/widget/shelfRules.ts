import type { ProductFilter, Rule } from "../engine/ranking/rules.ts";
import type { ShelfOptions } from "./shelfOptions.ts";

type RuleOptions = Pick<ShelfOptions, "pin" | "boost" | "bury" | "maxPerBrand" | "maxPerCategory">;

/** The rules that a shelf's attributes define. */
export function rulesOf(options: RuleOptions): Rule[] {
  const { pin, boost, bury, maxPerBrand, maxPerCategory } = options;
  const caps = { brand: maxPerBrand, category: maxPerCategory };
  return [
    ...(pin.length > 0 ? [{ type: "pin" as const, productIds: [...pin] }] : []),
    ...boost.map((which) => ({ type: "boost" as const, ...filterOf(which) })),
    ...bury.map((which) => ({ type: "bury" as const, ...filterOf(which) })),
    ...(["brand", "category"] as const).flatMap((per) => {
      const max = caps[per];
      return max === undefined ? [] : [{ type: "cap" as const, per, max }];
    }),
  ];
}

/** `brand:Norrick`, `category:Shoes > Trail shoes`, or a product's id. */
function filterOf(which: string): ProductFilter {
  const [, kind, name] = /^(brand|category):\s*(.+)$/.exec(which) ?? [];
  if (name === undefined) return { productIds: [which] };
  if (kind === "brand") return { brand: name };
  return { category: name.split(">").map((level) => level.trim()) };
}
