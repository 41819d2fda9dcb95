import { integer, list, number, object, oneOf, text } from "../kit/fields.ts";
import type { Rule } from "./rules.ts";

/** Ways of choosing the products of a shelf; `strategy.ts` says what each one does. */
export const STRATEGIES = [
  "for-you",
  "because-you-viewed",
  "related",
  "bought-together",
  "trending",
  "recently-viewed",
  "buy-again",
  "on-sale",
  "new",
] as const;
export type Strategy = (typeof STRATEGIES)[number];

export interface ShelfRequest {
  strategy: Strategy;
  /** Cards wanted, 1 to 200. */
  limit: number;
  /** The product at hand: what `related` and `bought-together` start from, and never on the shelf itself. */
  productId?: string;
  /** Products that already stand elsewhere on the page. */
  exclude?: string[];
  /** Choose from these only, whatever the candidates (a department, search results). */
  among?: string[];
  /** Log-odds lost by a product as like an already chosen one as can be; 0 to 10, default 0.3. */
  diversity?: number;
  /**
   * Share of places given to what one of the networks prefers, to try what they disagree about; 0 to
   * 1, default 0. See `exploration.ts`.
   */
  exploration?: number;
  /** The shop's wishes for this shelf, beside those for all shelves. */
  rules?: Rule[];
  /** Products that already stand on this shelf, in order: those still allowed keep their places. */
  kept?: string[];
  /** 1 (default) ranks for this shopper, 0 for everybody alike; see `personalization.ts`. */
  personalization?: number;
  /** Share of such shelves, 0 to 0.5, on which baseline and network take turns; default the recommender's. */
  experiment?: number;
  /** 0 (default) for the best cards; any other whole number for other good ones, the same for the same number. */
  reroll?: number;
  /** The time to recommend for, in milliseconds since 1970; default now. */
  at?: number;
}

/** What a request means where it is silent. */
export const REQUEST_DEFAULTS = { diversity: 0.3, exploration: 0, personalization: 1, reroll: 0 };

/**
 * Reads all of a request but its rules, which `rules.ts` reads: it is loaded only where there are some.
 * @throws {FieldError} naming the field of the request that is wrong.
 */
export function parseShelfRequest(value: unknown): Omit<ShelfRequest, "rules"> {
  const fields = object(value, "request");
  const strategy = oneOf(fields.strategy, "strategy", STRATEGIES);
  const { productId, exclude = [], kept = [], among, experiment, at } = fields;
  // Pages hand on what they were not given as undefined: that means the default, too.
  const {
    diversity = REQUEST_DEFAULTS.diversity,
    exploration = REQUEST_DEFAULTS.exploration,
    reroll = REQUEST_DEFAULTS.reroll,
  } = fields;
  // Version 0.1 spelled it `personalisation`; that is read until the next version.
  const { personalization = fields.personalisation ?? REQUEST_DEFAULTS.personalization } = fields;
  return {
    strategy,
    limit: integer(fields.limit ?? 12, "limit", { min: 1, max: 200 }),
    ...(productId === undefined ? {} : { productId: text(productId, "productId") }),
    exclude: productIds(exclude, "exclude"),
    ...(among === undefined ? {} : { among: productIds(among, "among") }),
    diversity: number(diversity, "diversity", { min: 0, max: 10 }),
    kept: productIds(kept, "kept"),
    exploration: number(exploration, "exploration", { min: 0, max: 1 }),
    personalization: number(personalization, "personalization", { min: 0, max: 1 }),
    ...(experiment === undefined
      ? {}
      : { experiment: number(experiment, "experiment", { min: 0, max: 0.5 }) }),
    reroll: integer(reroll, "reroll", { min: 0, max: 2 ** 32 - 1 }),
    ...(at === undefined ? {} : { at: number(at, "at", { min: 0, max: 8.64e15 }) }),
  };
}

function productIds(value: unknown, field: string): string[] {
  return list(value, field, { min: 0, max: 10_000 }, (id, at) => text(id, at));
}
