import type { Catalog, ShopEvent } from "vitrine";
import type { Visitor } from "../state/visitor.ts";
import type { ShopperName } from "./shoppers.ts";

/** The visit that the demo plays, and how far it is. */
export interface DemoState {
  shopper: ShopperName;
  visitor: Visitor;
  catalog: Catalog;
  events: readonly ShopEvent[];
  /** Number of events done so far. */
  position: number;
  isPlaying: boolean;
  /** A factor: 2 is twice the usual pace. */
  speed: number;
}
