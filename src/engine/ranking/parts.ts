import type { Source } from "../events/history.ts";
import { inputsOf } from "./features.ts";
import {
  contextWithout,
  type InputContext,
  type ShopperContext,
  similarityIn,
} from "./shopperContext.ts";

/** One source's part in a product's inputs: how they differ without the source. */
export interface Part {
  source: Source;
  /** The product's four inputs without the source; its part may be negative. */
  inputsWithout(): Float32Array;
}

/**
 * Computes the parts of any product's inputs, one for each source that they may depend on: first the
 * recent products, newest first, then the shopper's own history with the product. It uses the same
 * formulas as the ranking, so the two cannot drift apart.
 */
export function partsOf(context: ShopperContext): (row: number) => Part[] {
  const recent = context.history.recent.map(({ row }) => row);
  const contexts = new Map<number, InputContext>();
  const similarity = similarityIn(context.pack);
  const contextOf = (source: Source) => {
    const known = contexts.get(source.row) ?? contextWithout(context, source, similarity);
    contexts.set(source.row, known);
    return known;
  };
  return (row) =>
    [...new Set([...recent, ...(context.history.own.has(row) ? [row] : [])])].map((from) => {
      const source: Source = { type: "product", row: from };
      let inputs: Float32Array | undefined;
      return { source, inputsWithout: () => (inputs ??= inputsOf(contextOf(source), [row])) };
    });
}
