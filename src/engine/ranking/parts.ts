import type { Source } from "../events/history.ts";
import { INPUTS } from "../network/network.ts";
import { contextsWithout } from "./contextsWithout.ts";
import { inputOf, writeInputs } from "./features.ts";
import type { InputContext, ShopperContext } from "./shopperContext.ts";

/** What one source gave a product: by how much its four inputs differ without the source. */
export interface Part {
  source: Source;
  /** `inputsWithout` of one input, for less work. @param index into `INPUT_NAMES`. */
  inputWithout(index: number): number;
  /** The product's four inputs had the source never been; what it gave may be negative. */
  inputsWithout(): Float32Array;
}

/**
 * Hands out the parts of any product's inputs: one for each source that they may rest on, those of
 * the recent products first, newest first, then that of the shopper's own past with the product.
 * Formed by the very formulas that rank, so there is no second likeness to drift from the first.
 */
export function partsOf(context: ShopperContext): (row: number) => Part[] {
  const { own, recent } = context.history;
  const contexts = new Map<number, InputContext>();
  const without = contextsWithout(context);
  const contextOf = (source: Source) => {
    const known = contexts.get(source.row) ?? without(source);
    contexts.set(source.row, known);
    return known;
  };
  const partOf = (from: number, row: number): Part => {
    const source: Source = { type: "product", row: from };
    let inputs: Float32Array | undefined;
    return {
      source,
      inputWithout: (index) => inputs?.[index] ?? inputOf(contextOf(source), row, index),
      inputsWithout() {
        if (inputs !== undefined) return inputs;
        inputs = new Float32Array(INPUTS);
        writeInputs(contextOf(source), row, inputs, 0);
        return inputs;
      },
    };
  };
  return (row) => {
    const parts = recent.map((visit) => partOf(visit.row, row));
    const isKnown = own.has(row) && !recent.some((visit) => visit.row === row);
    return isKnown ? [...parts, partOf(row, row)] : parts;
  };
}
