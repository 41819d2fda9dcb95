import type { RecentProduct } from "./history.ts";

export const RECENT_PRODUCTS = 10;

/** The last distinct products, newest first, with the data to compute the list without one of them. */
export interface RecentProducts {
  visits: RecentProduct[];
  displaced: Displaced | undefined;
}

/**
 * The last product that fell off the list; without any single one of the rows in `by` it would still be
 * there.
 */
interface Displaced {
  visit: RecentProduct;
  by: readonly number[];
}

/** Puts a visit in front; the eleventh product falls off the end. */
export function addRecent(recent: RecentProducts, visit: RecentProduct): void {
  const { visits } = recent;
  const lengthBefore = visits.length;
  dropRecent(recent, visit.row);
  visits.unshift(visit);
  if (visits.length > RECENT_PRODUCTS) {
    // A product that fell off earlier is now behind several displacing products: removing one does not
    // bring it back.
    recent.displaced = { visit: visits.pop()!, by: visits.map(({ row }) => row) };
  } else if (visits.length === RECENT_PRODUCTS && lengthBefore < RECENT_PRODUCTS) {
    keepDisplacing(recent);
  }
}

/** Takes a product off the list, for example one that the shopper does not want to see. */
export function dropRecent(recent: RecentProducts, row: number): void {
  const position = recent.visits.findIndex((visit) => visit.row === row);
  if (position >= 0) recent.visits.splice(position, 1);
  if (recent.displaced?.visit.row === row) recent.displaced = undefined;
}

/** The list as it would be without this product; the same list if the product has no part in it. */
export function recentWithout({ visits, displaced }: RecentProducts, row: number): RecentProduct[] {
  if (!visits.some((visit) => visit.row === row) && !displaced?.by.includes(row)) return visits;
  const others = visits.filter((visit) => visit.row !== row);
  return displaced?.by.includes(row) ? [...others, displaced.visit] : others;
}

/**
 * A list that fills up again displaces a product again: only products that displaced it every time are in
 * `by`.
 */
function keepDisplacing(recent: RecentProducts): void {
  const { visits, displaced } = recent;
  if (displaced === undefined) return;
  const by = displaced.by.filter((row) => visits.some((visit) => visit.row === row));
  recent.displaced = { ...displaced, by };
}
