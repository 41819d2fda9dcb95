import type { Shelf, ShelfCard } from "../../engine/ranking/shelf.ts";
import type { Recommender } from "../../engine/recommender.ts";
import { useEngine } from "../ShopContext.tsx";
import { useHistory } from "../usePast.ts";

const CARDS = 12;
const MAX_TRIES = 10;

/** The shopper's own shelf as it is now, to be taken apart; undefined while it is awaited. */
export function useForYou(): ShelfCard[] | undefined {
  const { acts } = useEngine();
  return useHistory(ownShelf, String(acts))?.cards;
}

/** Not one of those on which a plain list takes turns with the network: by chance, few are. */
async function ownShelf(recommender: Recommender): Promise<Shelf> {
  for (let tries = MAX_TRIES; ; tries--) {
    const shelf = await recommender.recommend({ strategy: "for-you", limit: CARDS });
    if (!shelf.isCompared || tries === 1) return shelf;
  }
}
