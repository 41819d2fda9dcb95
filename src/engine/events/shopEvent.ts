import {
  FieldError,
  type Fields,
  flag,
  integer,
  list,
  number,
  object,
  oneOf,
  text,
} from "../kit/fields.ts";

/**
 * The shopper's actions, as past facts. Everything that the recommender knows enters through
 * `parseShopEvent`, so the rest of the engine can trust its types.
 */
export type ShopEvent =
  | ({ type: "impression"; productIds: string[] } & Showing & Dated)
  | ({ type: "view"; productId: string } & Dated)
  | ({ type: "dwell"; productId: string; dwellMs: number } & Dated)
  | ({ type: "search"; query: string } & Dated)
  | ({ type: "add_to_cart"; productId: string; quantity: number } & Dated)
  | ({ type: "remove_from_cart"; productId: string; quantity: number } & Dated)
  | ({ type: "wishlist"; productId: string; saved: boolean } & Dated)
  | ({ type: "purchase"; orderId: string; items: PurchasedItem[] } & Dated)
  /** An order taken back: all of it, or the items named. */
  | ({ type: "refund"; orderId: string; items?: PurchasedItem[] } & Dated)
  /** All that is in the cart, as the shop shows it; replaces what was known of it. */
  | ({ type: "cart"; items: CartItem[] } & Dated)
  | ({ type: "rate"; productId: string; stars: number } & Dated)
  | ({ type: "not_for_me"; productId: string; hidden: boolean } & Dated);

/** Where products were shown; `impressionOf` fills it in. */
interface Showing {
  /** The shelf's strategy, or the shop's name for it. */
  shelf?: string;
  /** `Shelf.id`. */
  shelfId?: string;
  /** How each product got its place, in the order of `productIds`; absent if no chance was involved. */
  placements?: Placement[];
}

export interface Placement {
  /** See `Recommendation.propensity`. */
  propensity: number;
  /** The side that chose it, on a shelf that compares two. */
  team?: Team;
}

/** The two sides of an experiment. */
const TEAMS = ["network", "baseline"] as const;
export type Team = (typeof TEAMS)[number];

interface Dated {
  /** When it happened: milliseconds since 1970, UTC. */
  at: number;
}

export interface CartItem {
  productId: string;
  quantity: number;
}

export interface PurchasedItem extends CartItem {
  /** What was paid for one unit, in minor units of the product's currency. */
  priceMinor?: number;
  /** What had been taken off the price of one unit before, in the same units. */
  discountMinor?: number;
}

export type ShopEventType = ShopEvent["type"];

/** An event as it is kept: a muted event stays, but does not count. */
export type KeptEvent = ShopEvent & { muted?: true };

/** A stored event, with the number that orders all events of this shopper across tabs. */
export type StoredEvent = KeptEvent & { seq: number };

/** An event as a caller passes it: the time (default now) and default values may be left out. */
export type ShopEventInput = Loosened<ShopEvent>;

type Defaulted = "at" | "quantity" | "saved" | "hidden";

type Loosened<Event> = Event extends ShopEvent
  ? Omit<Event, Defaulted> & Partial<Pick<Event, Extract<keyof Event, Defaulted>>>
  : never;

const BOUNDS = { min: 1, max: 500 };
/** The largest time a JavaScript Date can hold, in milliseconds. */
const LATEST_TIME = 8.64e15;

const PARSERS: { [Type in ShopEventType]: (fields: Fields) => object } = {
  impression: (fields) => ({
    productIds: list(fields.productIds, "productIds", BOUNDS, (id, field) => text(id, field)),
    ...(fields.shelf === undefined ? {} : { shelf: text(fields.shelf, "shelf") }),
    ...(fields.shelfId === undefined ? {} : { shelfId: text(fields.shelfId, "shelfId") }),
    ...(fields.placements === undefined ? {} : { placements: placements(fields) }),
  }),
  view: (fields) => productOf(fields),
  dwell: (fields) => ({
    ...productOf(fields),
    dwellMs: number(fields.dwellMs, "dwellMs", { min: 0, max: 86_400_000 }),
  }),
  search: (fields) => ({ query: text(fields.query, "query") }),
  add_to_cart: (fields) => ({
    ...productOf(fields),
    quantity: quantity(fields.quantity, "quantity"),
  }),
  remove_from_cart: (fields) => ({
    ...productOf(fields),
    quantity: quantity(fields.quantity, "quantity"),
  }),
  wishlist: (fields) => ({ ...productOf(fields), saved: flag(fields.saved ?? true, "saved") }),
  purchase: (fields) => ({
    orderId: text(fields.orderId, "orderId"),
    items: list(fields.items, "items", BOUNDS, purchasedItem),
  }),
  refund: (fields) => ({
    orderId: text(fields.orderId, "orderId"),
    ...(fields.items === undefined
      ? {}
      : { items: list(fields.items, "items", BOUNDS, purchasedItem) }),
  }),
  cart: (fields) => ({ items: list(fields.items, "items", { ...BOUNDS, min: 0 }, cartItem) }),
  rate: (fields) => ({
    ...productOf(fields),
    stars: number(fields.stars, "stars", { min: 1, max: 5 }),
  }),
  not_for_me: (fields) => ({ ...productOf(fields), hidden: flag(fields.hidden ?? true, "hidden") }),
};

/**
 * Checks and copies one event; unknown fields are dropped. `at` defaults to `now` and is never later than
 * `now`: a fast clock must not make an event look newer than everything that follows it.
 * @throws {FieldError} naming the field, its value and what was expected.
 */
export function parseShopEvent(value: unknown, now: number): ShopEvent {
  const fields = object(value, "event");
  const type = fields.type;
  if (typeof type !== "string" || !Object.hasOwn(PARSERS, type)) {
    throw new FieldError("type", type, `one of ${Object.keys(PARSERS).join(", ")}`);
  }
  const at =
    fields.at === undefined
      ? now
      : Math.min(now, number(fields.at, "at", { min: 0, max: LATEST_TIME }));
  return { type, at, ...PARSERS[type as ShopEventType](fields) } as ShopEvent;
}

/** The products an event is about, in the order it names them. */
export function productIdsOf(event: ShopEvent): string[] {
  return itemsOf(event).map(({ productId }) => productId);
}

/** The event's products, each with its number of units (1 where units do not apply). */
export function itemsOf(event: ShopEvent): { productId: string; quantity: number }[] {
  switch (event.type) {
    case "search":
      return [];
    case "impression":
      return event.productIds.map((productId) => ({ productId, quantity: 1 }));
    case "purchase":
    case "refund":
    case "cart":
      return event.items ?? [];
    case "add_to_cart":
    case "remove_from_cart":
      return [event];
    default:
      return [{ productId: event.productId, quantity: 1 }];
  }
}

function placements({ placements, productIds }: Fields): Placement[] {
  const count = (productIds as unknown[]).length;
  return list(placements, "placements", { min: count, max: count }, (entry, field) => {
    const { propensity, team } = object(entry, field);
    return {
      propensity: number(propensity, `${field}.propensity`, { min: 0, max: 1 }),
      ...(team === undefined ? {} : { team: oneOf(team, `${field}.team`, TEAMS) }),
    };
  });
}

function productOf(fields: Fields): { productId: string } {
  return { productId: text(fields.productId, "productId") };
}

function cartItem(value: unknown, field: string): CartItem {
  const item = object(value, field);
  return {
    productId: text(item.productId, `${field}.productId`),
    quantity: quantity(item.quantity, `${field}.quantity`),
  };
}

function purchasedItem(value: unknown, field: string): PurchasedItem {
  const item = object(value, field);
  const amount = (name: string) =>
    item[name] === undefined
      ? {}
      : {
          [name]: integer(item[name], `${field}.${name}`, { min: 0, max: 2 ** 53 }),
        };
  return { ...cartItem(item, field), ...amount("priceMinor"), ...amount("discountMinor") };
}

function quantity(value: unknown, field: string): number {
  return Math.round(number(value ?? 1, field, { min: 1, max: 1_000_000 }));
}
