import type { LogRow } from "../logs/logRow.ts";
import { catalogOf, sessionsOf } from "../logs/shopLog.ts";
import { priorExamples } from "../prior/priorExamples.ts";
import { trainPrior } from "../prior/trainPrior.ts";
import { byNetwork, engineSystem } from "./engineSystem.ts";
import type { Shop } from "./replaySession.ts";
import type { System } from "./system.ts";
import type { Trial } from "./trial.ts";

/** A network by what it was trained on. */
export interface Carried {
  trainedOn: "this shop" | "other shops";
  system: System;
}

export interface CarryOptions {
  /** Logs of other shops. */
  others: readonly (readonly LogRow[])[];
  /** Share of a log's sessions to train on, the earlier ones. */
  split: number;
  floor: number;
  seed: number;
}

/**
 * Leave one shop out: compares prior weights trained on this shop's crowd with weights trained only on
 * other shops' logs, both as `npm run prior` trains them.
 */
export async function carryOver(
  { catalog, crowd }: Trial,
  shop: Shop,
  { others, split, floor, seed }: CarryOptions,
): Promise<Carried[]> {
  const pack = { minShoppers: floor };
  const home = [priorExamples(crowd, catalog, { seed, pack })];
  const away = others.map((rows) => {
    const sessions = sessionsOf(rows);
    const used = sessions.slice(0, Math.floor(sessions.length * split));
    return priorExamples(used, catalogOf(rows), { seed, pack });
  });
  const carried: Carried[] = [];
  for (const [trainedOn, parts] of [
    ["this shop", home],
    ["other shops", away],
  ] as const) {
    const { weights } = await trainPrior(parts, { seed });
    const system = engineSystem(shop, byNetwork({ weights, activation: "relu" }));
    carried.push({ trainedOn, system });
  }
  return carried;
}
