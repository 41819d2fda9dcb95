import { integer, list, number, object, oneOf, text } from "../kit/fields.ts";
import type { Rule } from "./rules.ts";

/** Ways of choosing the products of a shelf; `strategies.ts` and `moreStrategies.ts` describe each one. */
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
  /** The number of cards, 1 to 200. */
  limit: number;
  /** The current product: `related` and `bought-together` start from it, and it is never on the shelf. */
  productId?: string;
  /** Products that are already elsewhere on the page. */
  exclude?: string[];
  /** Choose only from these (a department, search results) instead of the usual candidates. */
  among?: string[];
  /** Log-odds lost by a product that is maximally similar to a chosen one; 0 to 10, default 0.3. */
  diversity?: number;
  /**
   * Share of places given to the favorite of a single network, to explore where they disagree; 0 to 1,
   * default 0. See `exploration.ts`.
   */
  exploration?: number;
  /** The shop's rules for this shelf, in addition to those for all shelves. */
  rules?: Rule[];
  /** Products that are already on this shelf, in order; those still allowed keep their places. */
  kept?: string[];
  /** 1 (default) ranks for this shopper, 0 the same for everybody; see `opinionPool.ts`. */
  personalization?: number;
  /** Share of such shelves, 0 to 0.5, on which baseline and network take turns; default the recommender's. */
  experiment?: number;
  /**
   * 0 (default) gives the best cards; each other whole number gives another good selection, always the
   * same one.
   */
  reroll?: number;
  /** The time to recommend for, in milliseconds since 1970; default now. */
  at?: number;
}

/** The defaults of a request. */
export const REQUEST_DEFAULTS = { diversity: 0.3, exploration: 0, personalization: 1, reroll: 0 };

/**
 * Reads everything in a request except its rules: `rules.ts` reads them, and is loaded only if there are
 * any.
 * @throws {FieldError} naming the wrong field of the request.
 */
export function parseShelfRequest(value: unknown): Omit<ShelfRequest, "rules"> {
  const fields = object(value, "request");
  const strategy = oneOf(fields.strategy, "strategy", STRATEGIES);
  const { productId, exclude = [], kept = [], among, experiment, at } = fields;
  // Pages may pass on a missing value as undefined, which also means the default.
  const {
    diversity = REQUEST_DEFAULTS.diversity,
    exploration = REQUEST_DEFAULTS.exploration,
    reroll = REQUEST_DEFAULTS.reroll,
  } = fields;
  // Version 0.1 spelled it `personalisation`; that is accepted until the next version.
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
