import { createContext, useCallback, useContext, useMemo, useState } from "react";
import type { Product } from "../engine/catalog.ts";
import type { Demo } from "./demo.ts";
import type { Engine, EngineState } from "./engine.ts";
import type { RequestLog } from "./glass/requests.ts";
import type { Interest, Interests } from "./interests.ts";
import type { Personalisation } from "./personalisation.ts";
import type { Shop } from "./shop.ts";
import {
  mostOf,
  quantityOf,
  type ShopState,
  type ShopStateStore,
  withQuantity,
} from "./shopState.ts";
import { createStore, type Store, type WritableStore } from "./store.ts";
import { strings } from "./strings.ts";
import type { Toasts } from "./toasts.ts";
import { useStore } from "./useStore.ts";

/** What lives as long as the page and is made once, before React starts. */
export interface Services {
  shop: Shop;
  engine: Engine;
  shopState: ShopStateStore;
  personalisation: Personalisation;
  interests: Interests;
  toasts: Toasts;
  /** Every request this page made. */
  requests: Store<RequestLog>;
  demo: Demo;
}

/** What a shopper can do with a product. Each tells the shop, the recommender and the shopper. */
export interface Actions {
  /** @param quantity one unless given; never more than there are. */
  add(product: Product, quantity?: number): void;
  /** One of each, taken back together. */
  addAll(products: readonly Product[]): void;
  setQuantity(product: Product, quantity: number): void;
  toggleWish(product: Product): void;
  hide(product: Product): void;
  unhide(product: Product): void;
  /** @param stars 1 to 5 */
  rate(product: Product, stars: number): void;
  erase(): Promise<void>;
}

interface ShopValue extends Services {
  actions: Actions;
  /** Products waved away since the page was opened; their cards offer to take that back. */
  hidden: Store<ReadonlySet<string>>;
}

const ShopContext = createContext<ShopValue | undefined>(undefined);

export function ShopProvider({
  services,
  children,
}: {
  services: Services;
  children: React.ReactNode;
}) {
  const [hidden] = useState(() => createStore<ReadonlySet<string>>(new Set()));
  const actions = useMemo(() => createActions(services, hidden), [services, hidden]);
  const value = useMemo(() => ({ ...services, actions, hidden }), [services, actions, hidden]);
  return <ShopContext value={value}>{children}</ShopContext>;
}

export function useShop(): ShopValue {
  const value = useContext(ShopContext);
  if (!value) throw new Error("useShop: no ShopProvider above, expected one");
  return value;
}

/** Renders anew only when that part changes: a page of cards must not, for each change of the cart. */
export function useShopState<Part>(partOf: (state: ShopState) => Part): Part {
  const { shopState } = useShop();
  return useStore(shopState, partOf);
}

/** Whether the shopper waved it away since the page was opened. */
export function useIsHidden(productId: string): boolean {
  const { hidden } = useShop();
  return useStore(hidden, (ids) => ids.has(productId));
}

export function useEngine(): EngineState {
  const { engine } = useShop();
  return useStore(engine);
}

/** Renders anew only when that part changes: the recommender's status does with every event and epoch. */
export function useEnginePart<Part>(partOf: (state: EngineState) => Part): Part {
  const { engine } = useShop();
  return useStore(engine, partOf);
}

/** Between neutral (0) and personal (1). */
export function usePersonalisation(): number {
  const { personalisation } = useShop();
  return useStore(personalisation);
}

/** What the shopper said they like. */
export function useInterests(): readonly Interest[] {
  const { interests } = useShop();
  return useStore(interests);
}

/** The product of an id, or undefined where the catalogue does not hold it (any more). */
export function useProductOf(): (id: string) => Product | undefined {
  const { catalog } = useShop().shop;
  return useCallback(
    (id) => {
      const row = catalog.rowOf(id);
      return row === undefined ? undefined : catalog.products[row];
    },
    [catalog],
  );
}

function createActions(
  { engine, shopState, personalisation, interests, toasts }: Services,
  hidden: WritableStore<ReadonlySet<string>>,
): Actions {
  function setQuantity(product: Product, wanted: number): void {
    const { cart } = shopState.get();
    const quantity = Math.min(wanted, mostOf(product));
    const change = Math.max(0, quantity) - quantityOf(cart, product.id);
    if (change === 0) {
      if (wanted > quantity) toasts.show(strings.product.noMore(product.title, quantity));
      return;
    }
    shopState.set({ cart: withQuantity(cart, product.id, quantity) });
    engine.observe({
      type: change > 0 ? "add_to_cart" : "remove_from_cart",
      productId: product.id,
      quantity: Math.abs(change),
    });
    const undo = () => setQuantity(product, quantity - change);
    if (change > 0) toasts.show(strings.product.addedToCart(product.title), undo);
    else if (quantity <= 0) toasts.show(strings.cart.removed(product.title), undo);
  }

  function addAll(products: readonly Product[]): void {
    const { cart } = shopState.get();
    const added = products.filter((product) => quantityOf(cart, product.id) < mostOf(product));
    changeByOne(added, 1);
    toasts.show(strings.shelf.addedAll(added.length), () => changeByOne(added, -1));
  }

  function changeByOne(products: readonly Product[], change: 1 | -1): void {
    for (const { id } of products) {
      const { cart } = shopState.get();
      shopState.set({ cart: withQuantity(cart, id, quantityOf(cart, id) + change) });
    }
    const type = change > 0 ? "add_to_cart" : "remove_from_cart";
    engine.observe(products.map(({ id }) => ({ type, productId: id })));
  }

  function toggleWish(product: Product): void {
    const { wishlist } = shopState.get();
    const saved = !wishlist.includes(product.id);
    const others = wishlist.filter((id) => id !== product.id);
    shopState.set({ wishlist: saved ? [product.id, ...others] : others });
    engine.observe({ type: "wishlist", productId: product.id, saved });
    const text = saved ? strings.wishlist.saved : strings.wishlist.unsaved;
    toasts.show(text(product.title), () => toggleWish(product));
  }

  function setHiddenTo(product: Product, isHidden: boolean): void {
    engine.observe({ type: "not_for_me", productId: product.id, hidden: isHidden });
    const next = new Set(hidden.get());
    if (isHidden) next.add(product.id);
    else next.delete(product.id);
    hidden.set(next);
  }

  return {
    add: (product, quantity = 1) =>
      setQuantity(product, quantityOf(shopState.get().cart, product.id) + quantity),
    addAll,
    setQuantity,
    toggleWish,
    hide(product) {
      setHiddenTo(product, true);
      toasts.show(strings.wishlist.hidden(product.title), () => setHiddenTo(product, false));
    },
    unhide: (product) => setHiddenTo(product, false),
    rate(product, stars) {
      shopState.set({ ratings: { ...shopState.get().ratings, [product.id]: stars } });
      engine.observe({ type: "rate", productId: product.id, stars });
      toasts.show(strings.orders.rated(product.title, stars));
    },
    async erase() {
      await engine.erase();
      shopState.erase();
      personalisation.erase();
      interests.erase();
      hidden.set(new Set());
      toasts.show(strings.stored.erased);
    },
  };
}
