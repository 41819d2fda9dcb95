import { describe, expect, it } from "vitest";
import { INPUTS, type Network } from "../network.ts";
import { PRIOR_WEIGHTS } from "../priorWeights.ts";
import { personalOptions } from "./learnFrom.ts";

const prior: Network = { weights: Float32Array.from(PRIOR_WEIGHTS), activation: "relu" };

function pullAfter(turns: number, ignored = 16): number {
  const size = turns * (1 + ignored);
  const outcomes = Uint8Array.from({ length: size }, (_, at) => (at % (1 + ignored) === 0 ? 1 : 0));
  const inputs = new Float32Array(size * INPUTS);
  const examples = { size, inputs, outcomes, weights: new Float32Array(size).fill(1) };
  return personalOptions(examples, prior, 1).elastic!;
}

describe("the pull back to the prior", () => {
  it("weakens with the turns learned from, down to a floor, whatever was ignored beside them", () => {
    expect(pullAfter(10)).toBeCloseTo(0.1, 12);
    expect(pullAfter(25)).toBeCloseTo(0.04, 12);
    expect(pullAfter(25, 4)).toBe(pullAfter(25));
    expect(pullAfter(400)).toBeCloseTo(0.02, 12);
    expect(pullAfter(0)).toBeLessThanOrEqual(1);
  });
});
