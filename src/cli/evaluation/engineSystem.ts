import { INPUTS, type Network } from "../../engine/network/network.ts";
import { score } from "../../engine/network/score.ts";
import { candidatesOf } from "../../engine/ranking/candidates.ts";
import { inputsOf } from "../../engine/ranking/features.ts";
import { replaySession, type Shop } from "./replaySession.ts";
import { bestRows, keptOff, pairsOf, type System } from "./system.ts";

/** Scores of candidates from their inputs, [n × 4] → [n]. */
export type ScoreInputs = (inputs: Float32Array) => Float32Array;

/** Our system: the same modules that the browser runs, with a rule that scores the four inputs. */
export function engineSystem(shop: Shop, scoreInputs: ScoreInputs): System {
  return (visit) => {
    const contextAt = replaySession(shop, visit);
    const keptOffAt = keptOff(visit, shop.catalog);
    return (step) => {
      const context = contextAt(step);
      const candidates = candidatesOf(context, shop.popularRows);
      const scores = scoreInputs(inputsOf(context, candidates));
      return bestRows(pairsOf(candidates, scores), keptOffAt(step));
    };
  };
}

export function byNetwork(...networks: readonly Network[]): ScoreInputs {
  return (inputs) => score(networks, inputs);
}

/** The sum of the four inputs: the engine without any learning. */
export function added(inputs: Float32Array): Float32Array {
  return Float32Array.from({ length: inputs.length / INPUTS }, (_, row) =>
    inputs.subarray(row * INPUTS, (row + 1) * INPUTS).reduce((sum, value) => sum + value, 0),
  );
}

/** Scores with one input always zero, for the ablation. */
export function without(input: number, scoreInputs: ScoreInputs): ScoreInputs {
  return (inputs) =>
    scoreInputs(inputs.map((value, index) => (index % INPUTS === input ? 0 : value)));
}
