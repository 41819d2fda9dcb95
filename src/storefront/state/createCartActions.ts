import type { Product } from "vitrine";
import { strings } from "../language/strings.ts";
import { changedCart, type WantedChange } from "./changedCart.ts";
import type { Engine } from "./engine.ts";
import { quantityOf, type ShopStateStore } from "./shopState.ts";
import type { Toasts } from "./toasts.ts";

export interface CartActions {
  /** @param quantity one unless given; limited by the stock */
  add(product: Product, quantity?: number): void;
  /** Adds one of each; undone together. */
  addAll(products: readonly Product[]): void;
  setQuantity(product: Product, quantity: number): void;
}

interface CartServices {
  engine: Engine;
  shopState: ShopStateStore;
  toasts: Toasts;
}

export function createCartActions({ engine, shopState, toasts }: CartServices): CartActions {
  /** Returns the products that changed. */
  function changeCart(change: WantedChange): readonly Product[] {
    const { cart, changed, events } = changedCart(shopState.get().cart, change);
    if (changed.length > 0) {
      shopState.set({ cart });
      engine.observe(events);
    }
    return changed;
  }

  function setQuantity(product: Product, wanted: number): void {
    const before = shopState.get().cart;
    const had = quantityOf(before, product.id);
    changeCart({ products: [product], more: wanted - had });
    const quantity = quantityOf(shopState.get().cart, product.id);
    const change = quantity - had;
    if (change === 0) {
      if (wanted > quantity) reportCart(strings.product.noMore(product.title, quantity));
      return;
    }
    reportCart(cartText(product.title, { quantity, added: change, isLess: wanted > quantity }), {
      topic: `cart/${product.id}`,
      undo: () => changeCart({ products: [product], more: -change, before }),
    });
  }

  function addAll(products: readonly Product[]): void {
    const added = changeCart({ products, more: 1 });
    if (added.length === 0) {
      reportCart(strings.shelf.noMoreOfAny);
      return;
    }
    reportCart(strings.shelf.addedAll(added.length, products.length), {
      topic: "cart/together",
      undo: () => changeCart({ products: added, more: -1 }),
    });
  }

  function reportCart(text: string, options: { topic?: string; undo?: () => void } = {}): void {
    toasts.show(text, {
      topic: "cart",
      link: { label: strings.cart.view, href: "/cart" },
      ...options,
    });
  }

  return {
    add: (product, quantity = 1) =>
      setQuantity(product, quantityOf(shopState.get().cart, product.id) + quantity),
    addAll,
    setQuantity,
  };
}

interface CartChange {
  /** How many are in the cart after the change. */
  quantity: number;
  /** How many were added. */
  added: number;
  /** Whether the stock was too small for what was wanted. */
  isLess: boolean;
}

function cartText(title: string, { quantity, added, isLess }: CartChange): string {
  if (quantity === 0) return strings.cart.removed(title);
  if (isLess && added > 0) return strings.product.addedLast({ added, quantity });
  if (isLess) return strings.product.noMore(title, quantity);
  if (quantity === 1) return strings.product.addedToCart(title);
  return strings.cart.holds(title, quantity);
}
