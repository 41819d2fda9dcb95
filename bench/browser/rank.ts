import { byNetwork, engineSystem } from "../../src/cli/evaluation/engineSystem.ts";
import { ranksOf } from "../../src/cli/evaluation/ranksOf.ts";
import type { LogVisit } from "../../src/cli/evaluation/trial.ts";
import { rowsByPopularity } from "../../src/engine/ranking/candidates.ts";
import { createCatalog, type Product } from "../../src/engine/shop/catalog.ts";
import { itemPackFromBytes } from "../../src/engine/shop/itemPack.ts";

/** A browser's data for repeating queries, as JSON next to `/pack.bin`. */
export interface RankJob {
  products: readonly Product[];
  /** The network's 105 weights. */
  weights: number[];
  visits: readonly LogVisit[];
}

/** Ranks as the evaluation does, with the same modules, from the files that a shop would serve. */
export async function rankVisits(): Promise<number[][][]> {
  const job = (await (await fetch("/job.json")).json()) as RankJob;
  const catalog = createCatalog(job.products);
  const pack = itemPackFromBytes(await (await fetch("/pack.bin")).arrayBuffer(), catalog);
  const shop = { catalog, pack, popularRows: rowsByPopularity(pack) };
  const network = { weights: Float32Array.from(job.weights), activation: "relu" as const };
  return ranksOf(engineSystem(shop, byNetwork(network)), job.visits);
}
