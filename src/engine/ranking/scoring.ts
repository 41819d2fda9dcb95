import { INPUTS, type Network } from "../network/network.ts";
import { crowdLogOdds, logOpinionPool } from "../network/opinionPool.ts";
import { score } from "../network/score.ts";
import { writeInputs } from "./features.ts";
import type { ShopperContext } from "./shopperContext.ts";
import { wearOf } from "./wear.ts";

/** The candidates of a shelf with everything that ranks them. */
export interface Scoring {
  readonly context: ShopperContext;
  readonly networks: readonly Network[];
  /** [n] */
  readonly rows: readonly number[];
  /** [n × 4] */
  readonly inputs: Float32Array;
  /** Log-odds of their popularity, [n]. */
  readonly crowd: Float32Array;
  /** The network's share in the log-odds, 0 to 1; the crowd's have the rest. */
  readonly share: number;
  /** Log-odds that each loses because it was passed over, [n]; see `wear.ts`. */
  readonly wear: Float32Array;
  /** [n] */
  readonly logOdds: Float32Array;
}

/** Candidates that are not scored yet; `scoreRows` scores them. */
export function beginScoring(
  given: Pick<Scoring, "context" | "networks" | "rows" | "share">,
): Scoring {
  const { length } = given.rows;
  return {
    ...given,
    inputs: new Float32Array(length * INPUTS),
    crowd: new Float32Array(length),
    wear: new Float32Array(length),
    logOdds: new Float32Array(length),
  };
}

/** Fills in the candidates from index `from` to `to`. */
export function scoreRows(scoring: Scoring, from: number, to: number): void {
  const { context, rows, inputs, crowd, wear, logOdds, networks } = scoring;
  const { popularity } = context.pack;
  const end = Math.min(to, rows.length);
  for (let index = from; index < end; index++) {
    const row = rows[index]!;
    writeInputs(context, row, inputs, index * INPUTS);
    crowd[index] = crowdLogOdds(popularity[row]!);
    wear[index] = wearOf(context.history, row);
  }
  const personal = score(networks, inputs.subarray(from * INPUTS, end * INPUTS));
  for (let index = from; index < end; index++) {
    logOdds[index] = blended(scoring, personal[index - from]!, index);
  }
}

/** Log-odds of all candidates under some of the networks, [n]; their inputs must be filled in. */
export function logOddsBy(scoring: Scoring, networks: readonly Network[]): Float32Array {
  return score(networks, scoring.inputs).map((own, index) => blended(scoring, own, index));
}

function blended({ crowd, wear, share }: Scoring, personal: number, index: number): number {
  return logOpinionPool(personal - wear[index]!, crowd[index]!, share);
}
