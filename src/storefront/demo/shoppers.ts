import type { Catalog, Product, ShopEvent } from "vitrine";
import { createRandom, type Random } from "../../inspect/index.ts";

/**
 * Made-up shoppers, the same for the same seed: the crowd of the demo shop, and the shoppers of tests.
 * Their tastes are known, so a shelf can be checked against them.
 */
export interface Taste {
  /** The two category paths (department and one below it) this shopper mostly looks at. */
  aisles: [string, string];
  /** A brand that is chosen more often than others. */
  brand: string;
  /** Preferred place in an aisle's price range, from 0 (cheapest) to 1 (most expensive). */
  priceLevel: number;
}

/** The four of the guided demo. */
export const FOUR_SHOPPERS = {
  runner: {
    taste: {
      aisles: ["Running & Fitness > Shoes", "Running & Fitness > Clothing"],
      brand: "Odalis",
      priceLevel: 0,
    },
    seed: 6,
  },
  coffee: {
    taste: {
      aisles: ["Coffee & Tea > Coffee beans", "Coffee & Tea > Coffee makers"],
      brand: "Sundown",
      priceLevel: 0.6,
    },
    seed: 4,
  },
  parent: {
    taste: {
      aisles: ["Baby & Toddler > Nappies and care", "Baby & Toddler > Feeding"],
      brand: "Lullabee",
      priceLevel: 0.4,
    },
    seed: 6,
  },
  gadgets: {
    taste: {
      aisles: ["Gadgets & Audio > Headphones", "Gadgets & Audio > Speakers"],
      brand: "Kelvo",
      priceLevel: 0.9,
    },
    seed: 4,
  },
} satisfies Record<string, { taste: Taste; seed: number }>;
export type ShopperName = keyof typeof FOUR_SHOPPERS;

const DEMO_VIEWS = 10;

/** The events of one of the four on a visit that ends about `until`; the same every time. */
export function visitOf(catalog: Catalog, name: ShopperName, until: number): ShopEvent[] {
  const { taste, seed } = FOUR_SHOPPERS[name];
  const startsAt = until - (DEMO_VIEWS + 1) * STEP_MS;
  return visit(catalog, taste, { random: createRandom(seed), startsAt, length: DEMO_VIEWS });
}

/** Share of steps that stay in the current aisle, switch to the other one, go back, or go anywhere. */
const STEPS = { stay: 0.6, switchAisle: 0.18, goBack: 0.14, wander: 0.08 };
const CART_CHANCE = 0.18;
const WISHLIST_CHANCE = 0.07;
const BUY_CHANCE = 0.6;
const STEP_MS = 40_000;

export function aisleOf({ categoryPath }: Product): string {
  return categoryPath.slice(0, 2).join(" > ");
}

/** A shopper's taste; the second aisle often belongs to the first (coffee makers with coffee). */
export function createTaste(catalog: Catalog, seed: number): Taste {
  const random = createRandom(seed);
  const aisles = [...new Set(catalog.products.map(aisleOf))].sort();
  const first = random.integer(aisles.length);
  // Neighboring aisles go together, so that crowds have something in common.
  const step = random.next() < 0.7 ? 1 : 1 + random.integer(aisles.length - 1);
  const brands = catalog.products.filter((product) => aisleOf(product) === aisles[first]);
  return {
    aisles: [aisles[first]!, aisles[(first + step) % aisles.length]!],
    brand: brands[random.integer(brands.length)]?.brand ?? "",
    priceLevel: random.next(),
  };
}

/** Whether a product is to a shopper's taste. */
export function suits(taste: Taste, product: Product): boolean {
  return taste.aisles.includes(aisleOf(product));
}

/** Whether a product is of one of their departments: an aisle is soon known, a department goes on. */
export function isNearby({ aisles }: Taste, { categoryPath }: Product): boolean {
  return aisles.some((aisle) => aisle.split(" > ")[0] === categoryPath[0]);
}

/** The share of the products that the crowd likes most. */
const FAVORITES = 0.25;

/** Tells whether a product is one of the crowd's favorites. @param popularity of each row. */
export function crowdFavorites(catalog: Catalog, popularity: ArrayLike<number>) {
  const falling = Array.from(popularity).sort((left, right) => right - left);
  const least = falling[Math.floor(FAVORITES * falling.length)]!;
  return ({ id }: Product): boolean => popularity[catalog.rowOf(id)!]! >= least;
}

/** One visit: `length` product views, with what the shopper did on each. */
export function visit(
  catalog: Catalog,
  taste: Taste,
  { random, startsAt, length }: { random: Random; startsAt: number; length: number },
): ShopEvent[] {
  const shopping = { catalog, taste, random };
  const events: ShopEvent[] = [];
  const seen: Product[] = [];
  const cart = new Map<string, number>();
  for (let step = 0; step < length; step++) {
    const product = nextProduct(shopping, seen);
    const at = startsAt + step * STEP_MS;
    const productId = product.id;
    seen.push(product);
    events.push({ type: "view", at, productId });
    if (random.next() < CART_CHANCE) {
      events.push({ type: "add_to_cart", at: at + 9000, productId, quantity: 1 });
      cart.set(productId, 1);
    } else if (random.next() < WISHLIST_CHANCE) {
      events.push({ type: "wishlist", at: at + 9000, productId, saved: true });
    }
  }
  if (cart.size > 0 && random.next() < BUY_CHANCE) {
    const items = [...cart].map(([productId, quantity]) => ({ productId, quantity }));
    const at = startsAt + length * STEP_MS;
    events.push({ type: "purchase", at, orderId: `order-${startsAt}`, items });
  }
  return events;
}

interface Shopping {
  catalog: Catalog;
  taste: Taste;
  random: Random;
}

function nextProduct(shopping: Shopping, seen: Product[]): Product {
  const { catalog, taste, random } = shopping;
  const last = seen.at(-1);
  const roll = random.next();
  if (last === undefined) return choose(shopping, taste.aisles[0]);
  if (roll < STEPS.goBack && seen.length > 2) return seen[random.integer(seen.length - 1)]!;
  if (roll < STEPS.goBack + STEPS.wander) return weighted(catalog.products, popularityOf, random);
  const other = taste.aisles.find((aisle) => aisle !== aisleOf(last)) ?? taste.aisles[0];
  const isSwitching = roll < STEPS.goBack + STEPS.wander + STEPS.switchAisle;
  const here = taste.aisles.find((aisle) => aisle === aisleOf(last)) ?? taste.aisles[0];
  return choose(shopping, isSwitching ? other : here);
}

/** A random product of an aisle; popularity, the brand and the price level make it more likely. */
function choose({ catalog, taste, random }: Shopping, aisle: string): Product {
  const products = catalog.products.filter((product) => aisleOf(product) === aisle);
  const prices = products.map(({ priceMinor }) => priceMinor).sort((left, right) => left - right);
  return weighted(
    products,
    (product) => {
      const level = prices.indexOf(product.priceMinor) / Math.max(1, prices.length - 1);
      const fit = Math.exp(-4 * Math.abs(level - taste.priceLevel));
      return popularityOf(product) * fit * (product.brand === taste.brand ? 3 : 1);
    },
    random,
  );
}

function popularityOf({ rating }: Product): number {
  return Math.sqrt((rating?.count ?? 0) + 1);
}

function weighted(
  products: readonly Product[],
  weightOf: (product: Product) => number,
  random: Random,
): Product {
  const weights = products.map(weightOf);
  let rest = random.next() * weights.reduce((sum, weight) => sum + weight, 0);
  const index = weights.findIndex((weight) => {
    rest -= weight;
    return rest < 0;
  });
  return products[index < 0 ? products.length - 1 : index]!;
}

/** Chances of a click on a card that suits the shopper and on another one, and of looking further. */
const CLICKS = { suiting: 0.3, other: 0.03, lookOn: 0.9 };

/** The cards of a shelf that a shopper sees, from the first on, and those that they click. */
export function lookAt(
  catalog: Catalog,
  isLiked: (product: Product) => boolean,
  { productIds, random }: { productIds: readonly string[]; random: Random },
): { seen: string[]; clicked: string[] } {
  const seen: string[] = [];
  const clicked: string[] = [];
  for (const productId of productIds) {
    seen.push(productId);
    const product = catalog.products[catalog.rowOf(productId)!]!;
    const chance = isLiked(product) ? CLICKS.suiting : CLICKS.other;
    if (random.next() < chance) clicked.push(productId);
    if (random.next() > CLICKS.lookOn) break;
  }
  return { seen, clicked };
}

/** A crowd's visits over the 60 days before `until`, in order of time. */
export function crowd(
  catalog: Catalog,
  { shoppers, seed, until }: { shoppers: number; seed: number; until: number },
): { shopper: string; events: ShopEvent[] }[] {
  const random = createRandom(seed);
  const visits: { shopper: string; events: ShopEvent[] }[] = [];
  for (let shopper = 0; shopper < shoppers; shopper++) {
    const taste = createTaste(catalog, seed + 1 + shopper);
    for (let count = 1 + random.integer(3); count > 0; count--) {
      const startsAt = until - Math.floor(random.next() * 60 * 86_400_000);
      const length = 3 + random.integer(7);
      visits.push({
        shopper: `s${shopper}`,
        events: visit(catalog, taste, { random, startsAt, length }),
      });
    }
  }
  return visits.sort((left, right) => left.events[0]!.at - right.events[0]!.at);
}
