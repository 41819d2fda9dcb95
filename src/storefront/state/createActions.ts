import type { Product, ShopEventInput } from "vitrine";
import { strings } from "../language/strings.ts";
import type { Engine } from "./engine.ts";
import type { InterestChoices } from "./interests.ts";
import type { Personalization } from "./personalization.ts";
import { maxOf, placeBack, quantityOf, type ShopStateStore, withQuantity } from "./shopState.ts";
import type { WritableStore } from "./store.ts";
import type { Toasts } from "./toasts.ts";

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

/** Whether a product was waved away (true) or let in again (false), of those where it was said. */
export type Hidden = ReadonlyMap<string, boolean>;

interface ActionServices {
  engine: Engine;
  shopState: ShopStateStore;
  personalization: Personalization;
  interests: InterestChoices;
  toasts: Toasts;
}

/** Notes on what the shopper has, which are untrue without it. */
const TOPICS = ["cart", "wishlist", "hidden", "rating"];

export function createActions(
  { engine, shopState, personalization, interests, toasts }: ActionServices,
  hidden: WritableStore<Hidden>,
): Actions {
  /**
   * Puts so many more of each into the cart, or takes them out, as far as there are. What comes back
   * takes its place among those of the cart `before`. Returns the products of which that was anything.
   */
  function changeCart(products: readonly Product[], more: number, before = shopState.get().cart) {
    let { cart } = shopState.get();
    const events: ShopEventInput[] = [];
    const changed = products.filter((product) => {
      const had = quantityOf(cart, product.id);
      const quantity = Math.max(0, Math.min(had + more, maxOf(product)));
      if (quantity === had) return false;
      const type = quantity > had ? "add_to_cart" : "remove_from_cart";
      events.push({ type, productId: product.id, quantity: Math.abs(quantity - had) });
      cart = withQuantity(cart, product.id, quantity, before);
      return true;
    });
    if (changed.length === 0) return changed;
    shopState.set({ cart });
    engine.observe(events);
    return changed;
  }

  function setQuantity(product: Product, wanted: number): void {
    const before = shopState.get().cart;
    const had = quantityOf(before, product.id);
    changeCart([product], wanted - had);
    const quantity = quantityOf(shopState.get().cart, product.id);
    const change = quantity - had;
    if (change === 0) {
      if (wanted > quantity) reportCart(strings.product.noMore(product.title, quantity));
      return;
    }
    reportCart(cartText(product.title, { quantity, added: change, isLess: wanted > quantity }), {
      topic: `cart/${product.id}`,
      undo: () => changeCart([product], -change, before),
    });
  }

  function addAll(products: readonly Product[]): void {
    const added = changeCart(products, 1);
    if (added.length === 0) {
      reportCart(strings.shelf.noMoreOfAny);
      return;
    }
    reportCart(strings.shelf.addedAll(added.length, products.length), {
      topic: "cart/together",
      undo: () => changeCart(added, -1),
    });
  }

  function reportCart(text: string, options: { topic?: string; undo?: () => void } = {}): void {
    toasts.show(text, {
      topic: "cart",
      link: { label: strings.cart.view, href: "/cart" },
      ...options,
    });
  }

  /** @param before the wishlist in which a product that comes back had its place; others come first. */
  function setWish({ id }: Product, saved: boolean, before: readonly string[] = []): void {
    const { wishlist } = shopState.get();
    if (wishlist.includes(id) === saved) return;
    const place = before.includes(id) ? placeBack(id, before, wishlist) : 0;
    const others = wishlist.filter((other) => other !== id);
    shopState.set({ wishlist: saved ? others.toSpliced(place, 0, id) : others });
    engine.observe({ type: "wishlist", productId: id, saved });
  }

  function toggleWish(product: Product): void {
    const before = shopState.get().wishlist;
    const saved = !before.includes(product.id);
    setWish(product, saved);
    const text = saved ? strings.wishlist.saved : strings.wishlist.unsaved;
    toasts.show(text(product.title), {
      topic: `wishlist/${product.id}`,
      undo: () => setWish(product, !saved, before),
    });
  }

  function setHiddenTo({ id }: Product, isHidden: boolean): void {
    engine.observe({ type: "not_for_me", productId: id, hidden: isHidden });
    hidden.set(new Map(hidden.get()).set(id, isHidden));
    toasts.clear(`hidden/${id}`);
  }

  /** @param stars undefined: none */
  function keepRating({ id }: Product, stars: number | undefined): void {
    const { [id]: _, ...others } = shopState.get().ratings;
    shopState.set({ ratings: stars === undefined ? others : { ...others, [id]: stars } });
  }

  return {
    add: (product, quantity = 1) =>
      setQuantity(product, quantityOf(shopState.get().cart, product.id) + quantity),
    addAll,
    setQuantity,
    toggleWish,
    hide(product) {
      setHiddenTo(product, true);
      toasts.show(strings.wishlist.hidden(product.title), {
        topic: `hidden/${product.id}`,
        undo: () => setHiddenTo(product, false),
      });
    },
    unhide: (product) => setHiddenTo(product, false),
    rate(product, stars) {
      const before = shopState.get().ratings[product.id];
      keepRating(product, stars);
      engine.observe({ type: "rate", productId: product.id, stars });
      toasts.show(strings.orders.rated(product.title, stars), {
        topic: `rating/${product.id}`,
        // The recommender takes no rating back; to tell it the one before again would count that twice.
        undo: () => keepRating(product, before),
      });
    },
    async erase() {
      await engine.erase();
      shopState.erase();
      personalization.erase();
      interests.erase();
      hidden.set(new Map());
      for (const topic of TOPICS) toasts.clear(topic);
      toasts.show(strings.stored.erased);
    },
  };
}

interface CartChange {
  /** How many are in the cart by now. */
  quantity: number;
  /** How many came in. */
  added: number;
  /** Whether more were wanted than there are. */
  isLess: boolean;
}

function cartText(title: string, { quantity, added, isLess }: CartChange): string {
  if (quantity === 0) return strings.cart.removed(title);
  if (isLess && added > 0) return strings.product.addedLast({ added, quantity });
  if (isLess) return strings.product.noMore(title, quantity);
  if (quantity === 1) return strings.product.addedToCart(title);
  return strings.cart.holds(title, quantity);
}
