import type { Catalog } from "../../engine/shop/catalog.ts";
import { rankerOf, type System } from "./system.ts";
import { isQuery, type LogVisit } from "./trial.ts";

/** The rows a system ranks first, by visit and query. */
export async function ranksOf(
  system: System,
  visits: readonly LogVisit[],
  catalog: Catalog,
): Promise<number[][][]> {
  const ranks: number[][][] = [];
  for (const visit of visits) {
    const rank = await rankerOf(system, visit, catalog);
    const steps = [...visit.session.keys()].filter((step) => isQuery(visit.session, step));
    ranks.push(steps.map((step) => rank(step)));
  }
  return ranks;
}
