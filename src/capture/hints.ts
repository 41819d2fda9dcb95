import { isAdd } from "./cartForms.ts";
import { find } from "./lists.ts";

const WISH = /wish|favou?rite|merkliste|wunsch|heart/i;

/** Suggestions for `data-selectors` on a page that reported nothing, from its elements. */
export function hintsFor(page: Document): string[] {
  const buttons = page.querySelectorAll('button,[role="button"],input[type="submit"],a[class]');
  const cart = find(buttons, isAdd);
  const wish = find(buttons, (one) =>
    WISH.test(`${one.className} ${one.id} ${one.getAttribute("aria-label")}`),
  );
  const quantity = page.querySelector('input[name*="qty" i],input[name*="quantity" i]');
  const parts = [
    cart && `cart=${pathTo(cart)}`,
    quantity && `quantity=${pathTo(quantity)}`,
    wish && `wishlist=${pathTo(wish)}`,
  ];
  let seen = "";
  for (const part of parts) if (part) seen += seen === "" ? part : `; ${part}`;
  const heard = "no events heard on this page";
  return seen === "" ? [heard] : [heard, `data-selectors="${seen}"`];
}

function pathTo(element: Element): string {
  if (/^[a-z][\w-]*$/i.test(element.id)) return `#${element.id}`;
  const name = element.getAttribute("name");
  const kind = element.localName;
  if (name !== null) return `${kind}[name='${name}']`;
  const [word] = /[a-z][\w-]*/i.exec(element.getAttribute("class") ?? "") ?? [];
  return word === undefined ? kind : `${kind}.${word}`;
}
