import type { ShopEventInput } from "../engine/events/shopEvent.ts";
import type { Recommender } from "../engine/recommender.ts";
import type { ShelfQueue } from "./shelfQueue.ts";

/** As much of the recommender as the page needs to show shelves. */
export type PageRecommender = Pick<Recommender, "observe" | "recommend" | "products">;

/** What all shelves of a page share. */
export interface PageVitrine {
  queue: ShelfQueue;
  /** Stores events; a failure is reported, never thrown. */
  observe(events: ShopEventInput | ShopEventInput[]): Promise<void>;
  /** The product that the page was found to be about. */
  productId(): string | undefined;
}

let connect: (page: PageVitrine) => void;

/** Settles when the script tag, or whoever uses the shelves as a module, has connected them. */
export const pageVitrine = new Promise<PageVitrine>((resolve) => {
  connect = resolve;
});

/** Gives the shelves of the page what they share. The first call counts. */
export function connectShelves(page: PageVitrine): void {
  connect(page);
}
