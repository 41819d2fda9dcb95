import type { ShopEvent } from "../../src/engine/events/shopEvent.ts";
import type { CartLine, Order } from "../../src/storefront/state/shopState.ts";

/** A runner who drinks coffee, for tests and pictures that need a shopper with a history. */
const NOON = Date.UTC(2026, 10, 20, 12);
const DAY_MS = 86_400_000;

export const cart: CartLine[] = [
  { productId: "scree-light-trail-shoe", quantity: 1 },
  { productId: "hand-grinder-s38", quantity: 2 },
];
export const wishlist = ["tempo-race-road-shoe", "ridge-1-solo-tent", "linea-uno-espresso-machine"];
export const orders: Order[] = [
  {
    id: "7F3A91C2",
    at: NOON - 6 * DAY_MS,
    lines: [
      { productId: "house-filter-blend-1-kg", quantity: 1 },
      { productId: "fell-2-trail-shoe", quantity: 1 },
    ],
    totalMinor: 15590,
    currency: "EUR",
  },
  {
    id: "0B52D7E8",
    at: NOON - 34 * DAY_MS,
    lines: [{ productId: "house-filter-blend-1-kg", quantity: 2 }],
    totalMinor: 5380,
    currency: "EUR",
  },
];

const viewed = [
  "tempo-5-road-shoe",
  "tempo-race-road-shoe",
  "fell-2-gtx-trail-shoe",
  "endurance-gel-citrus-12-pack",
  "yirga-filter-roast-250-g",
  "hand-grinder-s38",
  "electric-burr-grinder",
  "ridge-1-solo-tent",
];

export const events: ShopEvent[] = [
  ...orders.map(({ id, at, lines }) => ({
    type: "purchase" as const,
    at,
    orderId: id,
    items: [...lines],
  })),
  ...viewed.map((productId, index) => ({
    type: "view" as const,
    at: NOON + index * 60_000,
    productId,
  })),
  ...wishlist.map((productId) => ({
    type: "wishlist" as const,
    at: NOON + 3_600_000,
    productId,
    saved: true,
  })),
];
