import type { Recommender, Shelf, ShelfCard } from "vitrine";
import { useEngine } from "../ShopContext.tsx";
import { useHistory } from "../state/useHistory.ts";

const CARDS = 12;

/** The cards that would be chosen for the shopper now, to be explained; undefined while awaited. */
export function useForYou(): ShelfCard[] | undefined {
  const { acts } = useEngine();
  return useHistory(ownShelf, String(acts))?.cards;
}

/** Without the experiment, in which a plain list takes turns with the network. */
function ownShelf(recommender: Recommender): Promise<Shelf> {
  return recommender.recommend({ strategy: "for-you", limit: CARDS, experiment: 0 });
}
