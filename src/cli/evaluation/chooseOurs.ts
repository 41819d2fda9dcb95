import { createRandom, shuffle } from "../../engine/kit/random.ts";
import type { ExampleSet } from "../../engine/learning/examples.ts";
import { INPUT_NAMES, type Network } from "../../engine/network/network.ts";
import { rowsByPopularity } from "../../engine/ranking/candidates.ts";
import { emptyItemPack } from "../../engine/shop/itemPack.ts";
import { PRIOR_WEIGHTS } from "../../engine/shop/priorWeights.ts";
import { crowdOf } from "../logs/shopLog.ts";
import { buildItemPack } from "../pack/buildItemPack.ts";
import { priorExamples } from "../prior/priorExamples.ts";
import { trainPrior } from "../prior/trainPrior.ts";
import type { Chosen } from "./choosePeers.ts";
import { added, byNetwork, engineSystem, without } from "./engineSystem.ts";
import { byLogistic, fitLogistic } from "./logistic.ts";
import { personalSystem } from "./personalSystem.ts";
import type { Shop } from "./replaySession.ts";
import type { System, SystemName } from "./system.ts";
import type { Trial } from "./trial.ts";

export interface Ours {
  shop: Shop;
  prior: Network;
  systems: Map<SystemName, Chosen>;
  /** The prior network with one input zeroed each. */
  ablation: { name: string; system: System }[];
}

export interface OursOptions {
  /** k-anonymity floor of the item pack. */
  floor: number;
  /** Whether the systems use the crowd's knowledge. */
  hasPack: boolean;
  seed: number;
}

/** Makes our systems that were asked for, of the very modules the browser runs. */
export async function chooseOurs(
  { catalog, crowd }: Trial,
  wanted: ReadonlySet<SystemName>,
  { floor, hasPack, seed }: OursOptions,
): Promise<Ours> {
  const empty = emptyItemPack(catalog.size);
  const pack = hasPack
    ? buildItemPack(crowdOf(crowd), catalog, { minShoppers: floor }).pack
    : empty;
  const shop: Shop = { catalog, pack, popularRows: rowsByPopularity(pack) };
  const noPack: Shop = { catalog, pack: empty, popularRows: rowsByPopularity(empty) };
  const prior: Network = { weights: Float32Array.from(PRIOR_WEIGHTS), activation: "relu" };
  const shuffled: Network = {
    ...prior,
    weights: shuffle(prior.weights.slice(), createRandom(seed)),
  };
  let known: ExampleSet | undefined;
  const homeExamples = () => {
    known ??= priorExamples(crowd, catalog, { seed, pack: { minShoppers: floor } });
    return known;
  };
  const make: Partial<Record<SystemName, () => System | Promise<System>>> = {
    "inputs-added": () => engineSystem(shop, added),
    logistic: () => engineSystem(shop, byLogistic(fitLogistic(homeExamples()))),
    "network-home": async () => {
      const { weights } = await trainPrior([homeExamples()], { seed });
      return engineSystem(shop, byNetwork({ ...prior, weights }));
    },
    "network-no-pack": () => engineSystem(noPack, byNetwork(prior)),
    network: () => engineSystem(shop, byNetwork(prior)),
    "network-personal": () => personalSystem(shop, prior, seed),
    "network-shuffled": () => engineSystem(shop, byNetwork(shuffled)),
  };
  const systems = new Map<SystemName, Chosen>();
  for (const [name, system] of Object.entries(make)) {
    if (wanted.has(name as SystemName)) {
      systems.set(name as SystemName, { system: await system() });
    }
  }
  const ablation = INPUT_NAMES.map((name, input) => ({
    name,
    system: engineSystem(shop, without(input, byNetwork(prior))),
  }));
  return { shop, prior, systems, ablation };
}
