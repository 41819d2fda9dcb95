import type { Product } from "vitrine";
import { strings } from "../language/strings.ts";
import type { Engine } from "./engine.ts";
import type { WritableStore } from "./store.ts";
import type { Toasts } from "./toasts.ts";

export interface HideActions {
  hide(product: Product): void;
  unhide(product: Product): void;
}

/** By product id: true if it was hidden since the page opened, false if that was undone. */
export type Hidden = ReadonlyMap<string, boolean>;

interface HideServices {
  engine: Engine;
  hidden: WritableStore<Hidden>;
  toasts: Toasts;
}

export function createHideActions({ engine, hidden, toasts }: HideServices): HideActions {
  function setHidden({ id }: Product, isHidden: boolean): void {
    engine.observe({ type: "not_for_me", productId: id, hidden: isHidden });
    hidden.set(new Map(hidden.get()).set(id, isHidden));
    toasts.clear(`hidden/${id}`);
  }

  return {
    hide(product) {
      setHidden(product, true);
      toasts.show(strings.wishlist.hidden(product.title), {
        topic: `hidden/${product.id}`,
        undo: () => setHidden(product, false),
      });
    },
    unhide: (product) => setHidden(product, false),
  };
}
