import type { ShopEventInput } from "../engine/events/shopEvent.ts";
import { FieldError, type Fields, list, object, text } from "../engine/kit/fields.ts";
import { VitrineError } from "../engine/kit/message.ts";
import type { Shelf, ShelfCard } from "../engine/ranking/shelf.ts";
import type { ShelfRequest } from "../engine/ranking/shelfRequest.ts";
import type { Recommender } from "../engine/recommender.ts";
import { impressionOf } from "../shelf/impression.ts";
import { FRAME_METHODS } from "../worker/protocol.ts";
import type { Methods } from "../worker/rpc.ts";
import type { RequestBudget } from "./requestBudget.ts";

/**
 * What crosses from the frame to a page whose scripts nobody vouches for: cards, as a shelf needs them,
 * and little of the past that chose them. Numbers that a script could tune, to find out by how much one
 * product is ahead of another, do not cross in the other direction.
 */
export interface GateOptions {
  /** What the frame's own page allows besides: strategies, `among`, and `tuning`. */
  allowed: readonly string[];
  /** Cards below this score are left out. */
  minScore: number;
  budget: RequestBudget;
}

/** What the frame's own page can allow, each for a reason of its own. */
export const ALLOWED_IN_FRAME = [
  "recently-viewed",
  "because-you-viewed",
  "buy-again",
  "among",
  "tuning",
] as const;

/** Shelves whose products are not the shopper's own past, in the order of that past. */
const OPEN_STRATEGIES = ["for-you", "related", "bought-together", "trending", "on-sale", "new"];
const OPEN_FIELDS = ["strategy", "limit", "productId", "exclude", "rules", "experiment"];
const TUNING = ["diversity", "personalization"];
/** With fewer, only the top of a ranking is seen. */
const MAX_CARDS = 48;
const MAX_EXCLUDED = 500;
/** Shelves that may still report what was seen on them. */
const MAX_SHELVES = 50;

/** The methods that the shop's page may call. */
export function frameGate(recommender: Recommender, options: GateOptions): Methods {
  const shelves = new Map<string, Shelf>();
  const own = Object.fromEntries(FRAME_METHODS.map((name) => [name, recommender[name]]));
  return {
    ...(own as Methods),
    async recommend(request: unknown) {
      if (!options.budget.take()) throw tooMany();
      const shelf = await recommender.recommend(requestOf(request, options));
      shelves.delete(shelf.id);
      shelves.set(shelf.id, shelf);
      if (shelves.size > MAX_SHELVES) shelves.delete(shelves.keys().next().value!);
      return shownOf(shelf, options.minScore);
    },
    observe: (events: unknown) =>
      recommender.observe([events].flat().map((event) => eventOf(event, shelves))),
    products: async (ids: unknown) =>
      recommender.products(list(ids, "ids", { min: 0, max: 1000 }, (id, at) => text(id, at, ANY))),
  };
}

const ANY = { min: 0, max: 2048 };

function tooMany(): VitrineError {
  return new VitrineError("too-many-requests", "Too many shelves were requested; try later", {});
}

/** @throws {FieldError} for what the frame's page does not allow. */
function requestOf(request: unknown, { allowed, minScore }: GateOptions): ShelfRequest {
  const { experiment: _experiment, ...fields } = object(request, "request");
  refuseOthers(fields, allowed);
  const excluded = list(fields.exclude ?? [], "exclude", { min: 0, max: 10_000 }, (id) => id);
  return {
    ...fields,
    exclude: excluded.slice(-MAX_EXCLUDED),
    limit: Math.min(Number(fields.limit ?? 12), MAX_CARDS),
    ...(fields.rules === undefined ? {} : { rules: rulesOf(fields.rules) }),
    // A minimum would remove cards of the other side.
    ...(minScore > 0 && { experiment: 0 }),
  } as ShelfRequest;
}

function refuseOthers(fields: Fields, allowed: readonly string[]): void {
  const strategies = [...OPEN_STRATEGIES, ...allowed];
  const known = [...OPEN_FIELDS, ...allowed, ...(allowed.includes("tuning") ? TUNING : [])];
  if (!strategies.includes(fields.strategy as string)) {
    throw new FieldError("strategy", fields.strategy, `what the frame allows: ${strategies}`);
  }
  for (const [name, value] of Object.entries(fields)) {
    if (value !== undefined && !known.includes(name)) {
      throw new FieldError(name, value, `nothing: the frame's page does not allow it`);
    }
  }
}

/** All boosts are equally strong. */
function rulesOf(rules: unknown): Fields[] {
  return list(rules, "rules", { min: 0, max: 100 }, (rule, at) => {
    const { logOdds: _logOdds, ...others } = object(rule, at);
    return others;
  });
}

/** The part of a shelf that its cards show. */
function shownOf({ id, strategy, cards }: Shelf, minScore: number) {
  const shown = cards.filter(({ score }) => score >= minScore);
  return { id, strategy, isInterleaved: false, cards: shown.map(cardOf) };
}

/** That the shopper knows a product is not said: "similar to what you looked at" also holds for that. */
function cardOf({ productId, reason: { input, pinned } }: ShelfCard) {
  const named = input === "ownHistory" ? "contentFit" : input;
  return { productId, reason: { input: named, ...(pinned && { pinned }) } };
}

/** How a shelf's cards got their places is known here; the page has no part in it. */
function eventOf(event: unknown, shelves: ReadonlyMap<string, Shelf>): ShopEventInput {
  const fields = Object(event) as Fields;
  if (fields.type !== "impression") return event as ShopEventInput;
  const { placements: _placements, ...own } = fields;
  const shelf = shelves.get(fields.shelfId as string);
  if (shelf === undefined || !Array.isArray(fields.productIds)) return own as never;
  return { ...own, ...impressionOf(fields.productIds, { name: String(fields.shelf), shelf }) };
}
