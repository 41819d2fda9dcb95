import { EVENT_STRENGTH } from "../../engine/events/foldHistory.ts";
import { itemsOf, type ShopEvent } from "../../engine/events/shopEvent.ts";
import type { Catalog } from "../../engine/shop/catalog.ts";
import {
  FEWEST_KNOWN,
  RETURN_BUCKETS,
  returnBucketOf,
  USUAL_RETURN_CHANCES,
} from "../../engine/shop/returnChances.ts";
import type { CrowdSession } from "./crowdSession.ts";

/** The crowd's steps from one product to another, with as many products known as a bucket says. */
export interface ReturnCount {
  /** Index into `RETURN_BUCKETS`. */
  bucket: number;
  steps: number;
  /** Those that went back to a known product. */
  returns: number;
  /** Distinct shoppers who took them. */
  shoppers: number;
}

/** Counts each shopper's steps over all of their sessions, as `sql/returns.sql` does in a database. */
export function countReturns(sessions: readonly CrowdSession[], catalog: Catalog): ReturnCount[] {
  const eventsBy = new Map<string, ShopEvent[]>();
  for (const { shopper, events } of sessions) {
    const before = eventsBy.get(shopper);
    if (before) before.push(...events);
    else eventsBy.set(shopper, [...events]);
  }
  const counts = RETURN_BUCKETS.map((_, bucket) => ({ bucket, steps: 0, returns: 0, shoppers: 0 }));
  for (const events of eventsBy.values()) countShopper(counts, events, catalog);
  return counts;
}

function countShopper(counts: ReturnCount[], events: readonly ShopEvent[], catalog: Catalog): void {
  const inOrder = events.toSorted((left, right) => left.at - right.at);
  const known = new Set<number>();
  const counted = new Set<ReturnCount>();
  let last: number | undefined;
  for (const row of inOrder.flatMap((event) => rowsOf(event, catalog))) {
    if (known.size >= FEWEST_KNOWN && row !== last) {
      const count = counts[returnBucketOf(known.size)]!;
      count.steps++;
      if (known.has(row)) count.returns++;
      counted.add(count);
    }
    known.add(row);
    last = row;
  }
  for (const count of counted) count.shoppers++;
}

function rowsOf(event: ShopEvent, catalog: Catalog): number[] {
  if (EVENT_STRENGTH[event.type] <= 0) return [];
  return itemsOf(event).flatMap(({ productId }) => catalog.rowOf(productId) ?? []);
}

/** How many usual steps the chance of a bucket starts from. */
const USUAL_STEPS = 20;

/** The chances for an item pack. A bucket with too few shoppers gets the usual chance. */
export function returnChancesOf(counts: readonly ReturnCount[], minShoppers: number): Float32Array {
  const chances = Float32Array.from(USUAL_RETURN_CHANCES);
  for (const { bucket, steps, returns, shoppers } of counts) {
    if (shoppers < minShoppers) continue;
    const usual = USUAL_RETURN_CHANCES[bucket]!;
    chances[bucket] = (returns + USUAL_STEPS * usual) / (steps + USUAL_STEPS);
  }
  return chances;
}
