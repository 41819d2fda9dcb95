import type { LogEventType } from "../cli/logs/logRow.ts";
import type { ShopEvent } from "../engine/events/shopEvent.ts";

const LOG_TYPES: Partial<Record<ShopEvent["type"], LogEventType>> = {
  view: "view",
  add_to_cart: "cart",
  wishlist: "wishlist",
  purchase: "purchase",
};

interface LogLine {
  at: number;
  text: string;
}

/** A crowd's visits as a log in Vitrine's CSV format, sorted by time; each visit is a session. */
export function crowdLog(
  sessions: readonly { shopper: string; events: readonly ShopEvent[] }[],
): string {
  const lines = sessions.flatMap(({ shopper, events }, index) =>
    events.flatMap((event) => linesOf(event, `${shopper},session-${index}`)),
  );
  lines.sort((left, right) => left.at - right.at);
  const header = "user_id,session_id,timestamp,event_type,product_id,name,category,brand,price";
  return `${[header, ...lines.map(({ text }) => text)].join("\n")}\n`;
}

function linesOf(event: ShopEvent, who: string): LogLine[] {
  const type = LOG_TYPES[event.type];
  if (type === undefined) return [];
  const ids =
    event.type === "purchase"
      ? event.items.map(({ productId }) => productId)
      : "productId" in event
        ? [event.productId]
        : [];
  const time = new Date(event.at).toISOString();
  return ids.map((id) => ({ at: event.at, text: `${who},${time},${type},${id},,,,` }));
}
