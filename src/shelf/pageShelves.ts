import type { ShopEventInput } from "../engine/events/shopEvent.ts";
import type { ShelfQueue } from "./shelfQueue.ts";

/** What all shelves of a page share. */
export interface PageShelves {
  queue: ShelfQueue;
  /** Stores events; a failure is reported, never thrown. */
  observe(events: ShopEventInput | ShopEventInput[]): Promise<void>;
  /** The product that the page is about, once it has been read. */
  productId(): string | undefined;
}
