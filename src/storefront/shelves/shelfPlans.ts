import type { Product, Reason, ShelfRequest, Strategy } from "vitrine";
import type { PlacedCard } from "vitrine/shelf";
import type { StatedInterest } from "../state/interests.ts";

/** A card's product and, once the recommender has answered, the reason for it. */
export interface ShopCard extends Partial<Omit<PlacedCard, "product">> {
  product: Product;
  /** The reason until the recommender has answered. */
  reason?: Reason | undefined;
  /** The stated interest of the shopper that this product belongs to. */
  interest?: StatedInterest | undefined;
}

export interface ShopShelf {
  cards: readonly ShopCard[];
  /** The product that the shelf is based on. */
  because?: Product | undefined;
}

/** A shelf in the plan of a page. */
export interface PlannedShelf
  extends Omit<ShelfRequest, "exclude" | "personalization" | "reroll" | "rules"> {
  /** What a first visit shows until the recommender has answered. */
  atFirst: "popular" | "reduced" | "new" | "nothing" | "skeleton";
  /** Shown before the later plans are filled. */
  isFirst?: true;
}

/** A shelf that takes no space. */
export const NO_CARDS: ShopShelf = { cards: [] };

/** The main shelf of a page, or the one at its end. */
export const FOR_YOU: PlannedShelf = {
  strategy: "for-you",
  limit: 12,
  exploration: 0.05,
  atFirst: "popular",
  isFirst: true,
};

/** Shelves that choose among many products, so that others would be as good. */
export const REROLLED: ReadonlySet<Strategy> = new Set([
  "for-you",
  "because-you-viewed",
  "related",
  "on-sale",
  "new",
]);
