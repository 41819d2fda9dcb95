import type { Source } from "../events/history.ts";
import { INPUT_NAMES } from "../network/network.ts";
import type { ItemPack } from "../shop/itemPack.ts";
import { contextsWithout } from "./contextsWithout.ts";
import { inputsOf } from "./features.ts";
import type { ShopperContext } from "./shopperContext.ts";

/** The part of each source in a product's inputs: how they differ without the source. */
export interface Parts {
  /**
   * The sources that an input of a product may depend on: recent products, newest first, and the
   * shopper's own history with the product. Without any other source the input is at least as high.
   * @param index into `INPUT_NAMES`.
   */
  sourcesOf(row: number, index: number): readonly Source[];
  /** The product's four inputs without the source; its part may be negative. */
  inputsWithout(source: Source, row: number): Float32Array;
}

/** Uses the same formulas as the ranking, so that the two cannot drift apart. */
export function partsOf(context: ShopperContext): Parts {
  const { own, recent } = context.history;
  const sources = recent.map(({ row }) => sourceOf(row));
  const contextOf = contextsWithout(context);
  return {
    sourcesOf(row, index) {
      // Without a product that has no pull, those that have are newer visits and pull at least as much.
      if (INPUT_NAMES[index] === "coVisitation")
        return sources.filter((source) => isNeighbor(context.pack, source.row, row));
      const isAmong = !own.has(row) || recent.some((visit) => visit.row === row);
      return isAmong ? sources : [...sources, sourceOf(row)];
    },
    inputsWithout: (source, row) => inputsOf(contextOf(source, row), [row]),
  };
}

function sourceOf(row: number): Source {
  return { type: "product", row };
}

/** Whether one product is the other's neighbor. */
function isNeighbor({ starts, neighbors }: ItemPack, from: number, to: number): boolean {
  for (let index = starts[from]!; index < starts[from + 1]!; index++) {
    if (neighbors[index] === to) return true;
  }
  return false;
}
