import { useEffect, useState } from "react";
import type { ShelfCard } from "../../engine/shelf.ts";
import { useEngine, useShop } from "../ShopContext.tsx";

const CARDS = 12;

/** The shopper's own shelf as it is now, to be taken apart; undefined while it is awaited. */
export function useForYou(): ShelfCard[] | undefined {
  const { toasts } = useShop();
  const { recommender, acts, status } = useEngine();
  const [cards, setCards] = useState<ShelfCard[]>();
  const trainedAt = status?.lastTraining?.at;
  // biome-ignore lint/correctness/useExhaustiveDependencies: an act or a training may change the shelf
  useEffect(() => {
    let isCurrent = true;
    recommender
      ?.recommend({ strategy: "for-you", limit: CARDS })
      .then((shelf) => isCurrent && setCards(shelf.cards))
      .catch((error: Error) => toasts.showError(error.message));
    return () => {
      isCurrent = false;
    };
  }, [recommender, toasts, acts, trainedAt]);
  return cards;
}
