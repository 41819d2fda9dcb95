import type { ShopEvent } from "../src/engine/events/shopEvent.ts";
import { createRandom } from "../src/engine/kit/random.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** The first event, milliseconds since 1970. */
const FROM = 1_750_000_000_000;
/** Aisles that this shopper likes, of the 120 in `madeUpShop`. */
const AISLES = [3, 17, 40, 77, 99];
/** Interactions in a visit. */
const VISIT = 10;

/**
 * A made-up shopper of `madeUpShop` with 10,000 products, for timings: visits of ten interactions, each to
 * one of five aisles; a fifth of the interactions are with products known before, a tenth are carts.
 */
export function pastOf(interactions: number): ShopEvent[] {
  const random = createRandom(interactions);
  const rows: number[] = [];
  let aisle = 0;
  return Array.from({ length: interactions }, (_, index) => {
    if (index % VISIT === 0) aisle = AISLES[random.integer(AISLES.length)]!;
    const isKnown = index > 0 && random.next() < 0.2;
    const row = isKnown ? rows[random.integer(index)]! : aisle + 120 * random.integer(80);
    rows.push(row);
    const at = FROM + Math.floor(index / VISIT) * DAY_MS + (index % VISIT) * MINUTE_MS;
    const productId = `p${row}`;
    return random.next() < 0.1
      ? { type: "add_to_cart", productId, quantity: 1, at }
      : { type: "view", productId, at };
  });
}
