import type { Product, StoredEvent } from "vitrine";
import { productIdsOf } from "vitrine/inspect";

export interface EventFilter {
  /** Empty: events of any type. */
  type: StoredEvent["type"] | "";
  /** Each must be in a product's title, brand or category, or in what was searched for. */
  words: string;
}

export const NO_FILTER: EventFilter = { type: "", words: "" };

/** The events that match, in their order. */
export function matchingEvents(
  events: readonly StoredEvent[],
  { type, words }: EventFilter,
  productOf: (id: string) => Product | undefined,
): StoredEvent[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  return events.filter((event) => {
    if (type !== "" && event.type !== type) return false;
    const texts = textsOf(event);
    return wanted.length === 0 || texts.some((text) => wanted.every((word) => text.includes(word)));
  });

  /** One text per product, so that two products never match together where neither does alone. */
  function textsOf(event: StoredEvent): string[] {
    return productIdsOf(event).map((id) => {
      const { title, brand = "", categoryPath = [] } = productOf(id) ?? {};
      return [id, title, brand, ...categoryPath].join(" ").toLowerCase();
    });
  }
}
