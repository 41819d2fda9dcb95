import type { Product, StoredEvent } from "vitrine";
import { productIdsOf } from "vitrine/inspect";
import { strings } from "../language/strings.ts";
import { glassTexts } from "./texts.ts";

/** What happened, such as "Looked at". */
export function eventName(event: StoredEvent): string {
  const isTakenBack =
    (event.type === "wishlist" && !event.saved) || (event.type === "not_for_me" && !event.hidden);
  const text = strings.stored.types[event.type];
  return isTakenBack ? `${text} ${glassTexts().timeline.takenBack}` : text;
}

/** What an event is about: its product with the number of others, or the order taken back. */
export function eventText(
  event: StoredEvent,
  productOf: (id: string) => Product | undefined,
): string {
  const ids = productIdsOf(event);
  if (ids.length === 0) return event.type === "refund" ? event.orderId : "";
  const first = productOf(ids[0] ?? "")?.title ?? ids[0] ?? "";
  return ids.length === 1 ? first : glassTexts().timeline.andOthers(first, ids.length - 1);
}
