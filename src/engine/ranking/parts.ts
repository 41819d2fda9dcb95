import type { Source } from "../events/history.ts";
import { contextsWithout } from "./contextsWithout.ts";
import { inputOf, inputsOf } from "./features.ts";
import type { ShopperContext } from "./shopperContext.ts";

/** What each source gave a product: by how much its four inputs differ without the source. */
export interface Parts {
  /**
   * The sources that a product's inputs may rest on: the recent products, newest first, then the
   * shopper's own past with the product.
   */
  sourcesOf(row: number): readonly Source[];
  /** The product's four inputs had the source never been; what it gave may be negative. */
  inputsWithout(source: Source, row: number): Float32Array;
  /** `inputsWithout` of one input, for less work. @param index into `INPUT_NAMES`. */
  inputWithout(source: Source, row: number, index: number): number;
}

/** Formed by the very formulas that rank, so there is no second likeness to drift from the first. */
export function partsOf(context: ShopperContext): Parts {
  const { own, recent } = context.history;
  const sources = recent.map(({ row }) => sourceOf(row));
  const contextOf = contextsWithout(context);
  return {
    sourcesOf(row) {
      const isAmong = !own.has(row) || recent.some((visit) => visit.row === row);
      return isAmong ? sources : [...sources, sourceOf(row)];
    },
    inputsWithout: (source, row) => inputsOf(contextOf(source, row), [row]),
    inputWithout: (source, row, index) => inputOf(contextOf(source, row), row, index),
  };
}

function sourceOf(row: number): Source {
  return { type: "product", row };
}
