import { createKeptValue, type KeptValue } from "./keptValue.ts";
import type { ShopperStorage } from "./shopperStorage.ts";

/** How personal shelves are, from 0 (the same for everybody) to 1 (for this shopper). */
export type Personalization = KeptValue<number>;

export function createPersonalization(storage: ShopperStorage): Personalization {
  return createKeptValue(storage, {
    key: "vitrine.personalisation",
    read: readShare,
    write: String,
  });
}

/** Reads a stored share; anything else means fully personal. */
export function readShare(text: string | null): number {
  const share = Number.parseFloat(text ?? "1");
  return share >= 0 && share <= 1 ? share : 1;
}
