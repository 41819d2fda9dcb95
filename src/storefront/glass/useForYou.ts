import type { Shelf, ShelfCard } from "../../engine/ranking/shelf.ts";
import type { Recommender } from "../../engine/recommender.ts";
import { useEngine } from "../ShopContext.tsx";
import { useHistory } from "../usePast.ts";

const CARDS = 12;
const MAX_TRIES = 10;

/** What would be chosen for the shopper now, to be taken apart; undefined while it is awaited. */
export function useForYou(): ShelfCard[] | undefined {
  const { acts } = useEngine();
  return useHistory(freshShelf, String(acts))?.cards;
}

/** Not a shelf on which a plain list and the network alternate: by chance, few are. */
async function freshShelf(recommender: Recommender): Promise<Shelf> {
  for (let tries = MAX_TRIES; ; tries--) {
    const shelf = await recommender.recommend({ strategy: "for-you", limit: CARDS });
    if (!shelf.isCompared || tries === 1) return shelf;
  }
}
