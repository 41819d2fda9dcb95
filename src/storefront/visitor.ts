import type { Recommender } from "../engine/recommender.ts";
import { createEngine, type Engine, type EngineOptions } from "./engine.ts";
import { createInterests, type Interests } from "./interests.ts";
import { createPersonalisation, type Personalisation } from "./personalisation.ts";
import type { ShopperStorage } from "./shopperStorage.ts";
import { createShopState, type ShopStateStore } from "./shopState.ts";

/** Whoever is in the shop: their recommender, their cart, their settings. */
export interface Visitor {
  engine: Engine;
  shopState: ShopStateStore;
  personalisation: Personalisation;
  interests: Interests;
}

interface VisitorOptions extends EngineOptions {
  /** Tells when another tab changed what is kept. */
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
    personalisation: createPersonalisation(storage),
    interests: createInterests(storage),
  };
}
