export const RECENT_PRODUCTS = 10;

/** Products by the number of the act that put each in its place, ascending. */
export type Places = Place[];

interface Place {
  row: number;
  number: number;
}

/** Moves a product to the place of this act; undefined: it has none. @param from its place until now. */
export function move(
  places: Places,
  row: number,
  { from, to }: Record<"from" | "to", number | undefined>,
): void {
  if (from === to) return;
  if (from !== undefined) places.splice(placesUpTo(places, from) - 1, 1);
  if (to !== undefined) places.splice(placesUpTo(places, to), 0, { row, number: to });
}

/** How many of the places are at this number or before it. */
function placesUpTo(places: Places, number: number): number {
  return places.length - countAbove(places, number, (place) => place.number);
}

/** The rows of the last products, newest first, as if there were no product `without`. */
export function lastRows(places: Places, without?: number): number[] {
  const rows: number[] = [];
  for (let index = places.length - 1; index >= 0 && rows.length < RECENT_PRODUCTS; index--) {
    if (places[index]!.row !== without) rows.push(places[index]!.row);
  }
  return rows;
}

/** How many of the ascending entries are above `bound`. */
export function countAbove<Entry>(
  entries: readonly Entry[],
  bound: number,
  numberOf: (entry: Entry) => number,
): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numberOf(entries[middle]!) > bound) high = middle;
    else low = middle + 1;
  }
  return entries.length - low;
}
