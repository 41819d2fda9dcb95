import type { Source } from "../events/history.ts";
import { inputsOf } from "./features.ts";
import {
  contextWithout,
  type InputContext,
  type ShopperContext,
  similarityIn,
} from "./shopperContext.ts";

/** What one source gave a product: by how much its four inputs differ without the source. */
export interface Part {
  source: Source;
  /** The product's four inputs had the source never been; what it gave may be negative. */
  inputsWithout(): Float32Array;
}

/**
 * Hands out the parts of any product's inputs: one for each source that they may rest on, those of
 * the recent products first, newest first, then that of the shopper's own past with the product.
 * Formed by the very formulas that rank, so there is no second likeness to drift from the first.
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
