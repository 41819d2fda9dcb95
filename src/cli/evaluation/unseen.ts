import { isQuery, type Trial } from "./trial.ts";

/** How much of what is asked for, and of the catalog, the crowd never saw; shares in [0, 1]. */
export interface Unseen {
  /** Of the queries for a product new to the shopper. */
  asked: number;
  /** Of the catalog. */
  catalog: number;
}

/** What the crowd says nothing about, though the catalog knows it. */
export function unseenIn(trial: Trial): Unseen {
  const counts = crowdCountsOf(trial);
  const { catalog, tested } = trial;
  let asked = 0;
  let unseen = 0;
  for (const { history, session } of tested) {
    const known = new Set(history.map(({ productId }) => productId));
    session.forEach(({ productId }, step) => {
      if (isQuery(session, step) && !known.has(productId)) {
        asked++;
        if (counts[catalog.rowOf(productId)!] === 0) unseen++;
      }
      known.add(productId);
    });
  }
  const inCatalog = counts.filter((count) => count === 0).length;
  return { asked: unseen / Math.max(1, asked), catalog: inCatalog / Math.max(1, catalog.size) };
}

/** Events in the crowd, by row. */
export function crowdCountsOf({ catalog, crowd }: Trial): Float64Array {
  const counts = new Float64Array(catalog.size);
  for (const session of crowd) {
    for (const { productId } of session) counts[catalog.rowOf(productId)!]!++;
  }
  return counts;
}
