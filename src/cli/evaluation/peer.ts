/**
 * Server-side recommenders to compare with, written from their papers. Each sees the whole crowd's
 * sessions and the products of the shopper's session so far, but never the shopper's identity.
 */
export interface PeerSession {
  /** Rows of the catalog in order; never empty. */
  items: readonly number[];
  /** Milliseconds since 1970 of its last event. */
  at: number;
}

/**
 * Scores by row for the next product after `items` (never empty), at time `at`; rows without a score rank
 * after all others.
 */
export type Peer = (items: readonly number[], at: number) => ReadonlyMap<number, number>;

export const DAY_MS = 86_400_000;

export function addTo(scores: Map<number, number>, row: number, amount: number): void {
  scores.set(row, (scores.get(row) ?? 0) + amount);
}
