import { type Catalog, createCatalog, type Product } from "../../engine/shop/catalog.ts";
import type { CrowdSession } from "../pack/crowdSession.ts";
import { eventOf, type LogEvent, type LogRow } from "./logRow.ts";
import { refundedPurchases } from "./refundedPurchases.ts";

/** Rows grouped by session, in order of each session's first event. */
export function sessionsOf<Row extends LogEvent>(rows: readonly Row[]): Row[][] {
  const sessions = new Map<string, Row[]>();
  for (const row of rows) {
    const session = sessions.get(row.sessionId);
    if (session) session.push(row);
    else sessions.set(row.sessionId, [row]);
  }
  return [...sessions.values()];
}

/** The products in a log, each with the data of its last row. */
export function catalogOf(rows: readonly LogRow[]): Catalog {
  const products = new Map<string, Product>();
  for (const row of rows) {
    products.set(row.productId, {
      id: row.productId,
      title: row.name || row.productId,
      categoryPath: row.category === "" ? [] : row.category.split(" > "),
      priceMinor: Number.isNaN(row.price) ? 0 : Math.round(row.price * 100),
      currency: "XXX",
      ...(row.brand === "" ? {} : { brand: row.brand }),
    });
  }
  return createCatalog([...products.values()]);
}

/**
 * Sessions for the item pack's builder, without what was returned; each session without a user counts as a
 * separate shopper.
 */
export function crowdOf(sessions: readonly LogEvent[][]): CrowdSession[] {
  const refunded = refundedPurchases(sessions.flat().sort((left, right) => left.at - right.at));
  const isKept = (event: LogEvent) => event.type !== "refund" && !refunded.has(event);
  return sessions
    .map((session) => ({
      shopper: session[0]!.userId || session[0]!.sessionId,
      events: session.filter(isKept).map(eventOf),
    }))
    .filter(({ events }) => events.length > 0);
}
