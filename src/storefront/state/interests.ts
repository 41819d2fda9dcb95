import type { Product, Rule, Strategy } from "vitrine";
import { createKeptValue } from "./keptValue.ts";
import type { ShopperStorage } from "./shopperStorage.ts";
import type { Store } from "./store.ts";

/** A department or brand that the shopper says they like, by its name in the catalog. */
export interface StatedInterest {
  kind: "department" | "brand";
  name: string;
}

export interface InterestChoices extends Store<readonly StatedInterest[]> {
  toggle(interest: StatedInterest): void;
  set(interests: readonly StatedInterest[]): void;
  erase(): void;
}

const NONE: readonly StatedInterest[] = [];
export const INTERESTS_KEY = "vitrine.interests";

export function createInterestChoices(storage: ShopperStorage): InterestChoices {
  const { get, set, subscribe, erase } = createKeptValue<readonly StatedInterest[]>(storage, {
    key: INTERESTS_KEY,
    read: readInterests,
    write: JSON.stringify,
  });
  return {
    get,
    subscribe,
    set,
    toggle(interest) {
      const others = get().filter((one) => !isSame(one, interest));
      const isNew = others.length === get().length;
      set(isNew ? [...others, interest] : others);
    },
    erase,
  };
}

/** Reads the valid part of what is stored. */
export function readInterests(text: string | null): readonly StatedInterest[] {
  try {
    const value: unknown = JSON.parse(text ?? "[]");
    return Array.isArray(value) ? value.filter(isInterest) : NONE;
  } catch {
    return NONE;
  }
}

function isInterest(value: unknown): value is StatedInterest {
  const { kind, name } = (value ?? {}) as Partial<StatedInterest>;
  return (kind === "department" || kind === "brand") && typeof name === "string";
}

export function isSame(left: StatedInterest, right: StatedInterest): boolean {
  return left.kind === right.kind && left.name === right.name;
}

/** The first of the interests that a product belongs to. */
export function interestIn(
  { categoryPath, brand }: Product,
  interests: readonly StatedInterest[],
): StatedInterest | undefined {
  return interests.find(({ kind, name }) =>
    kind === "brand" ? brand === name : categoryPath[0] === name,
  );
}

/** Enough to lift any product of an interest above the popular ones of others. */
const LIFT_LOG_ODDS = 3;
/** Number of interactions after which they count as much as the stated interests. */
const HALF_INTERACTIONS = 8;
const LIFTED: Strategy[] = ["for-you", "on-sale", "new", "trending"];

/**
 * Stated interests count most while there are few interactions: each lifts its products by
 * 3 · p / (1 + t / 8) log-odds, where p is the personalization and t the number of interactions.
 */
export function interestRules(
  interests: readonly StatedInterest[],
  { interactions, personalization }: { interactions: number; personalization: number },
): Rule[] {
  const logOdds = (LIFT_LOG_ODDS * personalization) / (1 + interactions / HALF_INTERACTIONS);
  if (logOdds === 0) return [];
  return interests.map(({ kind, name }) => ({
    type: "boost",
    strategies: LIFTED,
    logOdds,
    ...(kind === "brand" ? { brand: name } : { category: [name] }),
  }));
}
