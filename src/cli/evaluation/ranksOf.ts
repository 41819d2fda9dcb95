import type { System } from "./system.ts";
import { isQuery, type LogVisit } from "./trial.ts";

/** The rows a system ranks first, by visit and query. */
export async function ranksOf(system: System, visits: readonly LogVisit[]): Promise<number[][][]> {
  const ranks: number[][][] = [];
  for (const visit of visits) {
    const rank = await system(visit);
    const steps = [...visit.session.keys()].filter((step) => isQuery(visit.session, step));
    ranks.push(steps.map((step) => [...rank(step)]));
  }
  return ranks;
}
