import type { System } from "./system.ts";
import { isQuery, type Visit } from "./trial.ts";

/** The rows a system ranks first, by visit and query. */
export async function ranksOf(system: System, visits: readonly Visit[]): Promise<number[][][]> {
  const ranks: number[][][] = [];
  for (const visit of visits) {
    const rank = await system(visit);
    const steps = [...visit.session.keys()].filter((step) => isQuery(visit.session, step));
    ranks.push(steps.map((step) => [...rank(step)]));
  }
  return ranks;
}
