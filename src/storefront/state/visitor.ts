import type { Recommender } from "vitrine";
import { createEngine, type Engine, type EngineOptions } from "./engine.ts";
import { createInterestChoices, type InterestChoices } from "./interests.ts";
import { createPersonalization, type Personalization } from "./personalization.ts";
import type { ShopperStorage } from "./shopperStorage.ts";
import { createShopState, type ShopStateStore } from "./shopState.ts";

/** The recommender, cart and settings of the visitor or of a demo shopper. */
export interface Visitor {
  engine: Engine;
  shopState: ShopStateStore;
  personalization: Personalization;
  interests: InterestChoices;
}

interface VisitorOptions extends EngineOptions {
  /** Fires `storage` events when another tab changed what is stored. */
  tabs?: EventTarget;
}

export function createVisitor(
  opening: Promise<Recommender>,
  storage: ShopperStorage,
  { tabs = new EventTarget(), ...options }: VisitorOptions,
): Visitor {
  return {
    engine: createEngine(opening, storage, options),
    shopState: createShopState(storage, tabs),
    personalization: createPersonalization(storage),
    interests: createInterestChoices(storage),
  };
}
