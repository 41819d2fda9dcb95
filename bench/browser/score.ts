import { createRandom } from "../../src/engine/kit/random.ts";
import { INPUTS, NETWORK_SIZE, type Network } from "../../src/engine/network/network.ts";
import { score } from "../../src/engine/network/score.ts";
import { topPicks } from "../../src/engine/ranking/topK.ts";
import { openWebglScorer } from "./scoreOnWebgl.ts";

export interface ScoringRow {
  products: number;
  /** Inputs to log-odds, median of the rounds. */
  scoreMs: number;
  /** The same in one WebGL pass, uploads and read-back included. */
  webglMs: number;
  /** Log-odds to the best 20, without a sort. */
  topMs: number;
  /** The memory of inputs and log-odds. */
  bytes: number;
}

const ROUNDS = 9;
/** Log-odds of 32-bit floats may differ by this much. */
const TOLERANCE = 1e-4;

/** Scores synthetic inputs with a network in which every unit is active for some of them. */
export function benchScoring(sizes: number[]): ScoringRow[] {
  const random = createRandom(1);
  const weights = Float32Array.from({ length: NETWORK_SIZE }, () => random.normal());
  const network: Network = { weights, activation: "relu" };
  const scoreOnWebgl = openWebglScorer();
  return sizes.map((products) => {
    const inputs = Float32Array.from({ length: products * INPUTS }, () => random.next());
    const rows = Uint32Array.from({ length: products }, (_, row) => row);
    const scoring: number[] = [];
    const drawing: number[] = [];
    const picking: number[] = [];
    const some = inputs.subarray(0, INPUTS * 10_000);
    expectSame(score([network], some), scoreOnWebgl([network], some)); // Compiles before the timing.
    for (let round = 0; round < ROUNDS; round++) {
      const startedAt = performance.now();
      const logOdds = score([network], inputs);
      const scoredAt = performance.now();
      topPicks(rows, logOdds, 20);
      scoring.push(scoredAt - startedAt);
      const pickedAt = performance.now();
      scoreOnWebgl([network], inputs);
      drawing.push(performance.now() - pickedAt);
      picking.push(pickedAt - scoredAt);
    }
    const bytes = inputs.byteLength + rows.byteLength + 4 * products;
    return {
      products,
      scoreMs: median(scoring),
      webglMs: median(drawing),
      topMs: median(picking),
      bytes,
    };
  });
}

function expectSame(plain: Float32Array, webgl: Float32Array): void {
  plain.forEach((logOdds, row) => {
    if (Math.abs(logOdds - webgl[row]!) < TOLERANCE) return;
    throw new Error(`product ${row}: log-odds ${webgl[row]} on WebGL, expected ${logOdds}`);
  });
}

function median(values: number[]): number {
  return values.sort((left, right) => left - right)[Math.floor(values.length / 2)]!;
}
