import type { Product } from "vitrine";
import { strings } from "../language/strings.ts";
import type { Engine } from "./engine.ts";
import { placeBack, type ShopStateStore } from "./shopState.ts";
import type { Toasts } from "./toasts.ts";

export interface WishlistActions {
  toggleWish(product: Product): void;
}

interface WishlistServices {
  engine: Engine;
  shopState: ShopStateStore;
  toasts: Toasts;
}

export function createWishlistActions(services: WishlistServices): WishlistActions {
  const { engine, shopState, toasts } = services;

  /** @param before where a product that returns gets its place from; others come first */
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

  return { toggleWish };
}
