import { INPUTS, type Network } from "../../engine/network/network.ts";
import { score } from "../../engine/network/score.ts";
import { candidatesOf } from "../../engine/ranking/candidates.ts";
import { inputsOf } from "../../engine/ranking/features.ts";
import { type Pick, rank } from "../../engine/ranking/rank.ts";
import { shelfMixOf } from "../../engine/ranking/shelfMix.ts";
import { TOP } from "./figures.ts";
import { replaySession, type Shop } from "./replaySession.ts";
import { keptOff, type Scores, type System } from "./system.ts";

/** Scores of candidates from their inputs, [n × 4] → [n]. */
export type ScoreInputs = (inputs: Float32Array) => Float32Array;

/** Our system: the same modules that the browser runs, with a rule that scores the four inputs. */
export function engineSystem(shop: Shop, scoreInputs: ScoreInputs): System {
  return (visit) => {
    const contextAt = replaySession(shop, visit);
    const keptOffAt = keptOff(visit, shop.catalog);
    return (step) => {
      const context = contextAt(step);
      const isKeptOff = keptOffAt(step);
      const rows = candidatesOf(context, shop.popularRows).filter((row) => !isKeptOff.has(row));
      const logOdds = scoreInputs(inputsOf(context, rows));
      const mix = shelfMixOf(context.history, shop.pack);
      const options = { limit: TOP, diversity: 0, mix };
      const shelf = rank({ rows, logOdds, catalog: shop.catalog }, options);
      return { ...shelfFirst(rows, logOdds, shelf), chance: mix.chance };
    };
  };
}

/** Above any log-odds, in order of the shelf. */
const ON_SHELF = 1e6;

/** The shelf's rows in its order, then the others by log-odds. */
function shelfFirst(rows: Uint32Array, logOdds: Float32Array, shelf: readonly Pick[]): Scores {
  const places = new Map(shelf.map(({ row }, index) => [row, index]));
  return {
    *[Symbol.iterator]() {
      for (const [index, row] of rows.entries()) {
        const place = places.get(row);
        yield [row, place === undefined ? logOdds[index]! : ON_SHELF - place];
      }
    },
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
