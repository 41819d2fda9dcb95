import type { Catalog } from "../../engine/shop/catalog.ts";
import type { Peer } from "./peer.ts";
import { peerSystem } from "./peerSystem.ts";
import type { Scores, System } from "./system.ts";

/**
 * The shopper's own products, newest first, one by one in turn with STAN's best: what a shop gets from
 * a list of recently viewed products beside its recommendations.
 */
export function recentWithStan(stan: Peer, catalog: Catalog): System {
  const neighbors = peerSystem(stan, catalog);
  return async (visit) => {
    const stanAt = await neighbors(visit);
    const rows = [...visit.history, ...visit.session].map(
      ({ productId }) => catalog.rowOf(productId)!,
    );
    return (step) => {
      const newestFirst = rows.slice(0, visit.history.length + step).reverse();
      return interleaved([...new Set(newestFirst)], bestFirst(stanAt(step)));
    };
  };
}

/** Ties: lower row. */
function bestFirst(scores: Scores): number[] {
  return [...scores]
    .sort(([row, score], [otherRow, other]) => other - score || row - otherRow)
    .map(([row]) => row);
}

/** Each row once, at its first place; the score falls from place to place. */
export function interleaved(one: readonly number[], other: readonly number[]): Scores {
  const scores = new Map<number, number>();
  const add = (row: number | undefined) => {
    if (row !== undefined && !scores.has(row)) scores.set(row, -scores.size);
  };
  for (let place = 0; place < Math.max(one.length, other.length); place++) {
    add(one[place]);
    add(other[place]);
  }
  return scores;
}
