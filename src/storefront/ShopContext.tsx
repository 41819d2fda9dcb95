import { createContext, useCallback, useContext, useMemo, useState } from "react";
import type { Product } from "vitrine";
import type { Demo } from "./demo/demo.ts";
import type { RequestLog } from "./glass/requests.ts";
import { productIn, type Shop } from "./shop/shop.ts";
import { type Actions, createActions } from "./state/createActions.ts";
import type { Hidden } from "./state/createHideActions.ts";
import type { Engine, EngineState } from "./state/engine.ts";
import type { InterestChoices, StatedInterest } from "./state/interests.ts";
import type { Personalization } from "./state/personalization.ts";
import type { ShopState, ShopStateStore } from "./state/shopState.ts";
import { createStore, type Store } from "./state/store.ts";
import type { Toasts } from "./state/toasts.ts";
import { useStore } from "./state/useStore.ts";

/** What exists as long as the page and is created once, before React starts. */
export interface Services {
  shop: Shop;
  engine: Engine;
  shopState: ShopStateStore;
  personalization: Personalization;
  interests: InterestChoices;
  toasts: Toasts;
  /** Every request this page made. */
  requests: Store<RequestLog>;
  demo: Demo;
}

interface ShopValue extends Services {
  actions: Actions;
  /** Products hidden since the page was opened, whose cards offer to undo that. */
  hidden: Store<Hidden>;
}

const ShopContext = createContext<ShopValue | undefined>(undefined);

export function ShopProvider({
  services,
  children,
}: {
  services: Services;
  children: React.ReactNode;
}) {
  const [hidden] = useState(() => createStore<Hidden>(new Map()));
  const actions = useMemo(() => createActions(services, hidden), [services, hidden]);
  const value = useMemo(() => ({ ...services, actions, hidden }), [services, actions, hidden]);
  return <ShopContext value={value}>{children}</ShopContext>;
}

export function useShop(): ShopValue {
  const value = useContext(ShopContext);
  if (!value) throw new Error("useShop: no ShopProvider above, expected one");
  return value;
}

/** Renders again only when that part changes, so that a change of the cart does not render every card. */
export function useShopState<Part>(partOf: (state: ShopState) => Part): Part {
  const { shopState } = useShop();
  return useStore(shopState, partOf);
}

/** Whether the shopper hid it since the page was opened. */
export function useIsHidden(productId: string): boolean {
  const { hidden } = useShop();
  return useStore(hidden, (said) => said.get(productId) ?? false);
}

/** Whether the shopper hid it, on this visit or an earlier one. */
export function useIsNotForMe(productId: string): boolean {
  const { hidden } = useShop();
  const said = useStore(hidden, (ids) => ids.get(productId));
  const isKnown = useEnginePart(({ status }) => status?.hidden.includes(productId));
  return said ?? isKnown ?? false;
}

export function useEngine(): EngineState {
  const { engine } = useShop();
  return useStore(engine);
}

/** Renders again only when that part changes; the status changes with every event and epoch. */
export function useEnginePart<Part>(partOf: (state: EngineState) => Part): Part {
  const { engine } = useShop();
  return useStore(engine, partOf);
}

/** From 0 (neutral) to 1 (personal). */
export function usePersonalization(): number {
  const { personalization } = useShop();
  return useStore(personalization);
}

/** The shopper's stated interests. */
export function useInterests(): readonly StatedInterest[] {
  const { interests } = useShop();
  return useStore(interests);
}

/** The product with an id, or undefined if the catalog does not contain it (any more). */
export function useProductOf(): (id: string) => Product | undefined {
  const { catalog } = useShop().shop;
  return useCallback((id) => productIn(catalog, id), [catalog]);
}
