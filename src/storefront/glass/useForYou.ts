import type { ShelfCard } from "../../engine/shelf.ts";
import { useEngine } from "../ShopContext.tsx";
import { usePast } from "./usePast.ts";

const CARDS = 12;

/** The shopper's own shelf as it is now, to be taken apart; undefined while it is awaited. */
export function useForYou(): ShelfCard[] | undefined {
  const { acts } = useEngine();
  const request = { strategy: "for-you", limit: CARDS } as const;
  return usePast((recommender) => recommender.recommend(request), String(acts))?.cards;
}
