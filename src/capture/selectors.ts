import { linksIn, quantityNear, refsIn } from "./cartForms.ts";
import { distinct, flatMap } from "./lists.ts";
import { type Emit, type PageEvent, type ProductRefs, UNNUMBERED_ORDER } from "./pageEvent.ts";
import { attempt, quantityOf, textOf } from "./pageValue.ts";

/** The names in `data-selectors`. */
const PARTS = [
  "cart",
  "remove",
  "wishlist",
  "quantity",
  "product",
  "order",
  "number",
  "item",
] as const;
export type Selectors = Partial<Record<(typeof PARTS)[number], string>>;

/** `cart=.buy; quantity=#qty`: parts of the page by CSS selector. Unknown names are reported. */
export function parseSelectors(
  text: string,
  page: Document,
  onFault: (fault: Error) => void,
): Selectors {
  const selectors: Selectors = {};
  for (const entry of text.split(";")) {
    const [, part = "", selector = ""] = /^\s*(\w+)\s*=\s*(.*\S)\s*$/.exec(entry) ?? [];
    const isKnown = (PARTS as readonly string[]).indexOf(part) >= 0;
    const isRight = isKnown && attempt(() => page.querySelector(selector)) !== undefined;
    if (isRight) selectors[part as keyof Selectors] = selector;
    else if (entry.trim() !== "") {
      onFault(
        new Error(
          `selectors has "${entry.trim()}", expected one of ${PARTS}, = and a CSS selector`,
        ),
      );
    }
  }
  return selectors;
}

/** Watches clicks on the elements of a shop's selectors. Returns a function that stops. */
export function watchSelectors(
  page: Document,
  selectors: Selectors,
  { emit, productId }: { emit: Emit; productId(): string | undefined },
): () => void {
  const onClick = ({ target }: Event) => {
    if (!(target instanceof Element)) return;
    const at = (part: keyof Selectors) => selectors[part] && target.closest(selectors[part]);
    const found = at("cart") || at("remove") || at("wishlist");
    if (!found) return;
    const product = productNear(found, selectors, productId());
    if (product.length === 0) return;
    if (at("wishlist")) return emit([{ type: "wishlist", product, saved: true }]);
    const type = at("cart") ? "add_to_cart" : "remove_from_cart";
    emit([{ type, product, quantity: quantityNear(found, selectors.quantity) }]);
  };
  page.addEventListener("click", onClick, { capture: true });
  return () => page.removeEventListener("click", onClick, { capture: true });
}

/** The order that a page confirms, with its items. */
export function readOrder(
  page: Document,
  { order, item, number, quantity }: Selectors,
): PageEvent[] {
  const found = order === undefined ? null : page.querySelector(order);
  if (found === null || item === undefined) return [];
  const items = flatMap(found.querySelectorAll(item), (line) => {
    const product = distinct([...refsIn(line), ...linksIn(line)]);
    const count = quantity === undefined ? null : line.querySelector(quantity);
    const units = quantityOf((count as HTMLInputElement | null)?.value ?? count?.textContent);
    return product.length === 0 ? [] : [{ product, quantity: units }];
  });
  const written = number === undefined ? null : page.querySelector(number);
  const orderId = textOf(written?.textContent) ?? UNNUMBERED_ORDER;
  return items.length === 0 ? [] : [{ type: "purchase", orderId, items }];
}

/** The product beside the element, otherwise the one that the page names or is about. */
function productNear(element: Element, { product }: Selectors, productId?: string): ProductRefs {
  const own = refsIn(element);
  if (own.length > 0) return own;
  let around: Element | null = product === undefined ? null : element;
  while (around && !around.querySelector(product!)) around = around.parentElement;
  const named = around?.querySelector(product!);
  const refs = named
    ? [
        ...refsIn(named),
        textOf(named.getAttribute("content") ?? named.textContent),
        ...linksIn(named),
      ]
    : [];
  return distinct([...linksIn(element), ...refs, productId]);
}
