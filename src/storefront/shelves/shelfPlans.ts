import type { Product, Reason, ShelfRequest, Strategy } from "vitrine";
import type { PlacedCard } from "vitrine/shelf";
import type { StatedInterest } from "../state/interests.ts";

/** A card's product and, once the recommender had a say, why it is there. */
export interface ShopCard extends Partial<Omit<PlacedCard, "product">> {
  product: Product;
  /** Why it is there before the recommender has a say. */
  reason?: Reason | undefined;
  /** What the shopper said they like that this product is of. */
  interest?: StatedInterest | undefined;
}

export interface ShopShelf {
  cards: readonly ShopCard[];
  /** The product that the shelf started from. */
  because?: Product | undefined;
}

/** A shelf as a page of the shop plans it. */
export interface PlannedShelf
  extends Omit<ShelfRequest, "exclude" | "personalization" | "reroll" | "rules"> {
  /** What a first visit shows until the recommender can say better. */
  atFirst: "popular" | "reduced" | "new" | "nothing" | "skeleton";
  /** Shown before the later plans are filled. */
  isFirst?: true;
}

/** A shelf that takes no room. */
export const NO_CARDS: ShopShelf = { cards: [] };

/** The shelf that a page is opened for, or ends with. */
export const FOR_YOU: PlannedShelf = {
  strategy: "for-you",
  limit: 12,
  exploration: 0.05,
  atFirst: "popular",
  isFirst: true,
};

/** Shelves that are a choice and not a list: others would do as well. */
export const REROLLED: ReadonlySet<Strategy> = new Set([
  "for-you",
  "because-you-viewed",
  "related",
  "on-sale",
  "new",
]);
