import { filter, find, flatMap, map } from "./lists.ts";
import { type Emit, type PageEvent, type ProductRefs, UNNUMBERED_ORDER } from "./pageEvent.ts";
import type { PageProduct } from "./pageProduct.ts";
import { quantityOf, textOf } from "./pageValue.ts";

/** Possible meanings of a click on an element. */
const CLICKS = ["add_to_cart", "remove_from_cart", "wishlist"] as const;

/**
 * Follows elements that a merchant has marked: a click on
 * `<button data-vitrine="add_to_cart" data-vitrine-id="4711" data-vitrine-quantity="2">`, a sent
 * `<form data-vitrine="search">` with a search field. Returns a function that stops.
 */
export function watchAttributes(page: Document, emit: Emit): () => void {
  const onClick = ({ target }: Event) => {
    const marked = target instanceof Element ? target.closest("[data-vitrine]") : null;
    if (marked !== null) emit(readClick(marked));
  };
  const onSubmit = ({ target }: Event) => {
    if (target instanceof HTMLFormElement && target.matches('[data-vitrine="search"]')) {
      emit(readSearch(target));
    }
  };
  // In the capture phase: the page's own handlers may stop the event or remove the element.
  page.addEventListener("click", onClick, { capture: true });
  page.addEventListener("submit", onSubmit, { capture: true });
  return () => {
    page.removeEventListener("click", onClick, { capture: true });
    page.removeEventListener("submit", onSubmit, { capture: true });
  };
}

/** The products that `data-vitrine="view"` says the page is about. */
export function readViewAttributes(page: Document): PageProduct[] {
  const marked = page.querySelectorAll('[data-vitrine="view"]');
  return map(marked, (one) => ({ names: namesOf(one), address: undefined }));
}

/** An order on the page: `data-vitrine="purchase" data-vitrine-order`, with `data-vitrine-id` inside. */
export function readOrderAttributes(page: Document): PageEvent[] {
  return flatMap(page.querySelectorAll('[data-vitrine="purchase"]'), (order) => {
    const lines = map(order.querySelectorAll("[data-vitrine-id]"), (item) => ({
      product: namesOf(item),
      quantity: quantityIn(item),
    }));
    const items = filter(lines, ({ product }) => product.length > 0);
    const orderId = textOf(order.getAttribute("data-vitrine-order")) ?? UNNUMBERED_ORDER;
    return items.length === 0 ? [] : [{ type: "purchase" as const, orderId, items }];
  });
}

function readClick(marked: Element): PageEvent[] {
  const type = find(CLICKS, (click) => click === marked.getAttribute("data-vitrine"));
  const product = namesOf(marked);
  if (type === undefined || product.length === 0) return [];
  if (type !== "wishlist") return [{ type, product, quantity: quantityIn(marked) }];
  return [{ type, product, saved: marked.getAttribute("data-vitrine-saved") !== "false" }];
}

function readSearch(form: HTMLFormElement): PageEvent[] {
  const field = form.querySelector<HTMLInputElement>('input[type="search"], input[type="text"]');
  const query = textOf(field?.value);
  return query === undefined ? [] : [{ type: "search", query }];
}

/** On the element itself or on an ancestor. */
function namesOf(marked: Element): ProductRefs {
  const named = marked.closest("[data-vitrine-id]");
  const name = textOf(named?.getAttribute("data-vitrine-id"));
  return name === undefined ? [] : [name];
}

function quantityIn(marked: Element): number {
  return quantityOf(marked.getAttribute("data-vitrine-quantity"));
}
