import { distinct, flatMap, map } from "./lists.ts";
import type { Emit, PageEvent, ProductRefs } from "./pageEvent.ts";
import { attempt, entriesOf, fieldOf, quantityOf, textOf } from "./pageValue.ts";

/**
 * Listens to Shopify's standard storefront events, which themes dispatch and which bubble to the
 * document. Their payload is on the event itself and has the shape of the Storefront API.
 * Source: shopify.dev/docs/api/storefront-events-and-actions/events. Returns a function that stops.
 */
export function watchShopify(page: Document, emit: Emit): () => void {
  const listeners: Record<string, (event: Event) => void> = {
    "shopify:product:view": (event) => emit(readProductView(event)),
    "shopify:search:update": (event) => emit(readSearch(event)),
    "shopify:cart:lines-update": (event) => whenDone(event, () => emit(readCartLines(event))),
  };
  for (const [type, listener] of Object.entries(listeners)) page.addEventListener(type, listener);
  return () => {
    for (const [type, listener] of Object.entries(listeners))
      page.removeEventListener(type, listener);
  };
}

/** A product page is a view; a product that comes into view in a list is an impression. */
function readProductView(event: Event): PageEvent[] {
  const product = namesOf(fieldOf(event, "product"));
  if (product.length === 0) return [];
  const isPage = fieldOf(event, "context") === "page";
  return [isPage ? { type: "view", product } : { type: "impression", products: [product] }];
}

function readSearch(event: Event): PageEvent[] {
  const query = textOf(fieldOf(event, "query"));
  return query === undefined ? [] : [{ type: "search", query }];
}

/** A quantity change does not say whether it went up or down, so only adding and removing count. */
function readCartLines(event: Event): PageEvent[] {
  const action = fieldOf(event, "action");
  if (action !== "add" && action !== "remove") return [];
  const type = action === "add" ? "add_to_cart" : "remove_from_cart";
  return flatMap(entriesOf(fieldOf(event, "lines")), (line) => {
    const product = namesOf(fieldOf(line, "merchandise"), fieldOf(line, "merchandiseId"));
    return product.length === 0
      ? []
      : [{ type, product, quantity: quantityOf(fieldOf(line, "quantity")) } as const];
  });
}

/** The event comes before the cart changes; a change that fails or is declined did not happen. */
function whenDone(event: Event, then: () => void): void {
  const promise = attempt(() => Promise.resolve(fieldOf(event, "promise")));
  promise?.then(
    (answer) => {
      if (entriesOf(fieldOf(answer, "userErrors")).length === 0) then();
    },
    () => undefined, // The theme reports this to the shopper.
  );
}

/** The product of a node of the Storefront API (a product or a variant of one), and its variant. */
function namesOf(node: unknown, id?: unknown): ProductRefs {
  const parts = [node, fieldOf(node, "product"), fieldOf(node, "selectedVariant")];
  const named = flatMap(parts, (part) =>
    map(["id", "handle", "sku"], (name) => fieldOf(part, name)),
  );
  return distinct(
    flatMap([...named, id], (value) => {
      const name = textOf(value);
      return [name?.replace(/^gid:\/\/shopify\/\w+\//, ""), name];
    }),
  );
}
