import type { Source } from "../events/history.ts";
import { INPUT_NAMES } from "../network/network.ts";
import type { ItemPack } from "../shop/itemPack.ts";
import { contextsWithout } from "./contextsWithout.ts";
import { inputOf, inputsOf } from "./features.ts";
import type { ShopperContext } from "./shopperContext.ts";

/** What each source gave a product: by how much its four inputs differ without the source. */
export interface Parts {
  /**
   * The sources that an input of a product may rest on: of the recent products, newest first, and the
   * shopper's own past with the product. Without any other source the input is as high, or higher.
   * @param index into `INPUT_NAMES`.
   */
  sourcesOf(row: number, index: number): readonly Source[];
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
    sourcesOf(row, index) {
      // Without a product that does not pull, those that do are newer visits and pull no less.
      if (INPUT_NAMES[index] === "coVisitation")
        return sources.filter((source) => isNeighbor(context.pack, source.row, row));
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

/** Whether the crowd goes from one product to the other. */
function isNeighbor({ starts, neighbors }: ItemPack, from: number, to: number): boolean {
  for (let index = starts[from]!; index < starts[from + 1]!; index++) {
    if (neighbors[index] === to) return true;
  }
  return false;
}
