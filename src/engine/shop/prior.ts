import { NETWORK_SIZE, type Network } from "../network/network.ts";
import type { ItemPack } from "./itemPack.ts";

/** The weights every shopper starts from: the pack's own if it has some, otherwise the engine's. */
export async function priorOf(pack: ItemPack): Promise<Network> {
  const weights =
    pack.prior ?? Float32Array.from((await import("./priorWeights.ts")).PRIOR_WEIGHTS);
  if (weights.length !== NETWORK_SIZE) {
    throw new Error(`Recommender: prior has ${weights.length} weights, expected ${NETWORK_SIZE}`);
  }
  return { weights, activation: "relu" };
}
