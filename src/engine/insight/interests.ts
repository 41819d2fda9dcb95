import { decayed, type ShopperHistory } from "../events/history.ts";
import type { Catalog } from "../shop/catalog.ts";

/** The shopper's interests: each part's share of all affinity, strongest first. */
export interface Interests {
  departments: Interest[];
  brands: Interest[];
  /** Quarters of the catalog by price, cheapest first; shares sum to 1, or are 0 without any history. */
  prices: PriceInterest[];
}

export interface Interest {
  name: string;
  /** 0 to 1. */
  share: number;
  /** Products the shopper interacted with. */
  products: number;
}

export interface PriceInterest {
  /** The range of the catalog's prices, in minor units. */
  fromMinor: number;
  toMinor: number;
  share: number;
}

/** Sums the decayed affinity of each product by department, brand and price. */
export function interestsOf(history: ShopperHistory, catalog: Catalog, at: number): Interests {
  const liked = [...history.own].flatMap(([row, own]) => {
    const weight = decayed(own, at);
    return weight > 0 ? [{ product: catalog.products[row]!, weight }] : [];
  });
  const total = liked.reduce((sum, { weight }) => sum + weight, 0);
  return {
    departments: sharesBy((product) => product.categoryPath[0]),
    brands: sharesBy((product) => product.brand),
    prices: priceQuarters(catalog).map((quarter) => ({
      ...quarter,
      share: shareOf(
        liked.filter(
          ({ product: { priceMinor } }) =>
            priceMinor >= quarter.fromMinor && priceMinor <= quarter.toMinor,
        ),
      ),
    })),
  };

  function shareOf(parts: readonly { weight: number }[]): number {
    return total === 0 ? 0 : parts.reduce((sum, { weight }) => sum + weight, 0) / total;
  }

  function sharesBy(nameOf: (product: Catalog["products"][number]) => string | undefined) {
    const parts = new Map<string, { weight: number }[]>();
    for (const part of liked) {
      const name = nameOf(part.product);
      if (name !== undefined) parts.set(name, [...(parts.get(name) ?? []), part]);
    }
    return [...parts]
      .map(([name, members]) => ({ name, share: shareOf(members), products: members.length }))
      .sort((left, right) => right.share - left.share);
  }
}

/** Non-overlapping bounds, so that equal prices fall into the same quarter. */
function priceQuarters({ products }: Catalog): { fromMinor: number; toMinor: number }[] {
  const prices = products.map(({ priceMinor }) => priceMinor).sort((left, right) => left - right);
  const quarters: { fromMinor: number; toMinor: number }[] = [];
  for (let quarter = 1; quarter <= 4; quarter++) {
    const toMinor = prices[Math.ceil((prices.length * quarter) / 4) - 1] ?? 0;
    const fromMinor = quarter === 1 ? (prices[0] ?? 0) : quarters.at(-1)!.toMinor + 1;
    if (toMinor >= fromMinor) quarters.push({ fromMinor, toMinor });
  }
  return quarters;
}
