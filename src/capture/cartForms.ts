import { distinct, find, flatMap, map } from "./lists.ts";
import type { Emit, ProductRefs } from "./pageEvent.ts";
import { addressIn, quantityOf, textOf } from "./pageValue.ts";

/** Names of buttons that put a product into the cart, in their code or in their text. */
const ADD =
  /add[-_ ]?(item[-_ ]?)?to[-_ ]?(cart|bag|basket|trolley)|in den warenkorb|ajouter au panier|al carrito|al carrello|in winkelwagen|do koszyka|加入购物车|カートに入れる/i;
const FORM = 'form[action*="cart" i],form[action*="basket" i],form[class~="cart"]';
const BUTTON = 'button,a,[role="button"],input[type="submit"],input[type="button"]';
/** A product among others, with a link to its page. */
const CARD = 'li,[class*="card" i],[class*="product-item" i],[class*="tile" i]';

const ID_ATTRIBUTES = [
  "data-product-id",
  "data-product_id",
  "data-productid",
  "data-variant-id",
  "data-product_sku",
  "data-sku",
  "data-item-id",
];
const ID_FIELDS =
  '[name="variation_id"],[name="id"],[name="variant_id"],[name="add-to-cart"],[name="product_id"],[name="product"],[name="sku"]';
const QUANTITY = '[name="quantity"],[name="qty"],input.qty';

/**
 * Watches the cart forms and buttons of pages that report nothing else; they are recognized by their shape.
 * @param productId of the product that the page is about. Returns how to stop.
 */
export function watchCartForms(
  page: Document,
  emit: Emit,
  productId: () => string | undefined,
): () => void {
  function add(element: Element): void {
    const product = productAt(element) ?? distinct([productId()]);
    const quantity = quantityNear(element);
    if (product.length > 0) emit([{ type: "add_to_cart", product, quantity }]);
  }
  const onClick = ({ target }: Event) => {
    const button = target instanceof Element ? target.closest(BUTTON) : null;
    if (button !== null && isAdd(button)) add(button);
  };
  const onSubmit = ({ target }: Event) => {
    if (!(target instanceof Element) || !target.matches(FORM)) return;
    const isAdding = /add/i.test(target.getAttribute("action") ?? "") || refsIn(target).length > 0;
    if (isAdding) add(target);
  };
  page.addEventListener("click", onClick, { capture: true });
  page.addEventListener("submit", onSubmit, { capture: true });
  return () => {
    page.removeEventListener("click", onClick, { capture: true });
    page.removeEventListener("submit", onSubmit, { capture: true });
  };
}

export function isAdd(button: Element): boolean {
  // A shop that marks its elements reports them itself.
  if (button.closest("[data-vitrine],vitrine-shelf") !== null) return false;
  const name = button.getAttribute("name");
  return name === "add" || ADD.test(`${name} ${button.id} ${button.className} ${wordsOf(button)}`);
}

/** A button's text, unless it is the text of a whole card. */
function wordsOf(button: Element): string {
  const text = `${button.textContent?.trim()} ${button.getAttribute("aria-label")} ${button.getAttribute("value")}`;
  return text.length < 60 ? text : "";
}

/** The product of the element, its form, or the card that it is in; undefined if none is named. */
function productAt(element: Element): ProductRefs | undefined {
  for (const part of [
    element,
    element.closest("form"),
    element.closest("[data-product-id],[data-product_id]"),
  ]) {
    const refs = part === null ? [] : refsIn(part);
    if (refs.length > 0) return refs;
  }
  const card = element.closest(CARD);
  const links = card === null ? [] : linksIn(card);
  return links.length > 0 ? links : undefined;
}

/** The products that an element names in its attributes or fields. */
export function refsIn(element: Element): ProductRefs {
  const own = map(ID_ATTRIBUTES, (name) => textOf(element.getAttribute(name)));
  const fields = [
    ...(element.matches(ID_FIELDS) ? [element] : []),
    ...element.querySelectorAll(ID_FIELDS),
  ];
  // In WooCommerce, 0 means that no variation is chosen yet.
  const values = map(fields, (field) => textOf((field as HTMLInputElement).value));
  const [, linked] = /[?&](?:add-to-cart|product_id)=(\d+)/.exec(hrefOf(element)) ?? [];
  return distinct(flatMap([linked, ...own, ...values], (value) => (value === "0" ? [] : [value])));
}

function hrefOf(element: Element): string {
  return element.getAttribute("href") ?? "";
}

export function linksIn(element: Element): ProductRefs {
  const links = [
    ...(element.matches("a[href]") ? [element] : []),
    ...element.querySelectorAll("a[href]"),
  ];
  return distinct(map(links, (link) => addressIn((link as HTMLAnchorElement).href)));
}

export function quantityNear(element: Element, selector = QUANTITY): number {
  const around = [element.closest("form"), element.parentElement, element.closest(CARD)];
  const field = find(around, (one) => (one?.querySelector(selector) ?? null) !== null);
  const input = field?.querySelector(selector);
  return quantityOf((input as HTMLInputElement | undefined)?.value ?? input?.textContent);
}
