import type { ShopEvent } from "../../engine/events/shopEvent.ts";

/** One shopper's session, in order of time. */
export interface CrowdSession {
  /** The shopper; only compared for equality, to count distinct shoppers. */
  shopper: string;
  events: readonly ShopEvent[];
}
