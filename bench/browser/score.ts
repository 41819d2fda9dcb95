import { INPUTS, NETWORK_SIZE, type Network } from "../../src/engine/network.ts";
import { createRandom } from "../../src/engine/random.ts";
import { score } from "../../src/engine/score.ts";
import { topPicks } from "../../src/engine/topPicks.ts";

export interface ScoringRow {
  products: number;
  /** Inputs to log-odds, median of the rounds. */
  scoreMs: number;
  /** Log-odds to the best 20, without a sort. */
  topMs: number;
  /** What inputs and log-odds take. */
  bytes: number;
}

const ROUNDS = 9;

/** Scores made-up inputs with a network none of whose units is silent throughout. */
export function benchScoring(sizes: number[]): ScoringRow[] {
  const random = createRandom(1);
  const weights = Float32Array.from({ length: NETWORK_SIZE }, () => random.normal());
  const network: Network = { weights, activation: "relu" };
  return sizes.map((products) => {
    const inputs = Float32Array.from({ length: products * INPUTS }, () => random.next());
    const rows = Uint32Array.from({ length: products }, (_, row) => row);
    const scoring: number[] = [];
    const picking: number[] = [];
    score([network], inputs.subarray(0, INPUTS * 10_000)); // Compiled before it is timed.
    for (let round = 0; round < ROUNDS; round++) {
      const startedAt = performance.now();
      const logOdds = score([network], inputs);
      const scoredAt = performance.now();
      topPicks(rows, logOdds, 20);
      scoring.push(scoredAt - startedAt);
      picking.push(performance.now() - scoredAt);
    }
    const bytes = inputs.byteLength + rows.byteLength + 4 * products;
    return { products, scoreMs: median(scoring), topMs: median(picking), bytes };
  });
}

function median(values: number[]): number {
  return values.sort((left, right) => left - right)[Math.floor(values.length / 2)]!;
}
