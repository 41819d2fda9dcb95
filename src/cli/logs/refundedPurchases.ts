import type { LogEvent } from "./logRow.ts";

/**
 * The purchases that were returned in full, as `sql/refunded.sql` finds them: a refund takes back the units
 * that its shopper bought last before it.
 * @param events in order of time.
 */
export function refundedPurchases(events: readonly LogEvent[]): Set<LogEvent> {
  const held = new Map<string, { purchase: LogEvent; units: number }[]>();
  const refunded = new Set<LogEvent>();
  for (const event of events) {
    if (event.type !== "purchase" && event.type !== "refund") continue;
    const { userId, sessionId, productId, quantity = 1 } = event;
    const key = JSON.stringify([userId === "" ? { sessionId } : userId, productId]);
    const bought = held.get(key) ?? [];
    held.set(key, bought);
    if (event.type === "purchase") bought.push({ purchase: event, units: quantity });
    let toReturn = event.type === "refund" ? quantity : 0;
    for (let last = bought.at(-1); last && toReturn > 0; last = bought.at(-1)) {
      const units = Math.min(toReturn, last.units);
      toReturn -= units;
      last.units -= units;
      if (last.units === 0) refunded.add(bought.pop()!.purchase);
    }
  }
  return refunded;
}
