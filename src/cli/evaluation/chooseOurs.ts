import { createRandom, shuffle } from "../../engine/kit/random.ts";
import { INPUT_NAMES, type Network } from "../../engine/network/network.ts";
import { rowsByPopularity } from "../../engine/ranking/candidates.ts";
import { emptyItemPack } from "../../engine/shop/itemPack.ts";
import { PRIOR_WEIGHTS } from "../../engine/shop/priorWeights.ts";
import { crowdOf } from "../logs/shopLog.ts";
import { buildItemPack } from "../pack/buildItemPack.ts";
import { priorExamples } from "../prior/priorExamples.ts";
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

/** Makes the requested systems of ours from the same modules that the browser runs. */
export function chooseOurs(
  { catalog, crowd }: Trial,
  wanted: ReadonlySet<SystemName>,
  { floor, hasPack, seed }: OursOptions,
): Ours {
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
  const make: Partial<Record<SystemName, () => System>> = {
    "inputs-added": () => engineSystem(shop, added),
    logistic: () => {
      const examples = priorExamples(crowd, catalog, { seed, pack: { minShoppers: floor } });
      return engineSystem(shop, byLogistic(fitLogistic(examples)));
    },
    "network-no-pack": () => engineSystem(noPack, byNetwork(prior)),
    network: () => engineSystem(shop, byNetwork(prior)),
    "network-personal": () => personalSystem(shop, prior, seed),
    "network-shuffled": () => engineSystem(shop, byNetwork(shuffled)),
  };
  const systems = new Map<SystemName, Chosen>();
  for (const [name, system] of Object.entries(make) as [SystemName, () => System][]) {
    if (wanted.has(name)) systems.set(name, { system: system() });
  }
  const ablation = INPUT_NAMES.map((name, input) => ({
    name,
    system: engineSystem(shop, without(input, byNetwork(prior))),
  }));
  return { shop, prior, systems, ablation };
}
