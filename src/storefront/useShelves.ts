import { useCallback, useEffect, useRef, useState } from "react";
import type { Recommendation } from "../engine/explain.ts";
import type { Recommender } from "../engine/recommender.ts";
import type { Shelf as RecommendedShelf } from "../engine/shelf.ts";
import type { ShelfRequest } from "../engine/shelfRequest.ts";
import { useEngine, useShop } from "./ShopContext.tsx";
import type { Shop } from "./shop.ts";
import { strings } from "./strings.ts";

/** A card's product and, once the recommender had a say, why it is there. */
export interface CardContent {
  productId: string;
  recommendation?: Recommendation;
  /** The shelf as it was recommended. */
  shelf?: RecommendedShelf;
}

export interface ShelfPlan extends Omit<ShelfRequest, "exclude"> {
  /** What a first visit shows until the recommender can say better. */
  atFirst: "popular" | "nothing" | "skeleton";
}

export interface Shelves {
  /** One list per plan; undefined while it is awaited. */
  cards: (CardContent[] | undefined)[];
  /** Whether the shopper did something, or a training ended, since the cards were chosen. */
  isOutdated: boolean;
  refresh(): void;
}

/**
 * The shelves of one page. Plans are served in order, and no product stands on two of them. The
 * cards stay as they are while the page is shown: a shelf that moves under the eye is worse than one
 * that is a click old. They are fresh on the next page, or when the shopper asks (`refresh`).
 *
 * A first visit gets popular cards at once and keeps them; a returning shopper's own cards are
 * waited for. `plans` must be the same list from render to render.
 */
export function useShelves(plans: readonly ShelfPlan[]): Shelves {
  const { shop, engine, toasts } = useShop();
  const { recommender, failure, status, acts } = useEngine();
  const [round, setRound] = useState(0);
  const [isFirstVisit] = useState(() => !engine.isReturning && acts === 0);
  const [cards, setCards] = useState(() =>
    isFirstVisit ? cardsAtFirst(plans, shop) : plans.map(() => undefined),
  );
  const madeFor = useRef({ acts, trainedAt: status?.lastTraining?.at });

  useEffect(() => {
    if (failure !== undefined) setCards(withoutRecommender(plans, shop));
    if (recommender === undefined) return;
    let isCurrent = true;
    const arePopularGood = isFirstVisit && round === 0;
    fill(recommender, plans, arePopularGood)
      .catch((error: Error) => {
        toasts.showError(strings.failure.shelf(error.message));
        return withoutRecommender(plans, shop);
      })
      .then((filled) => {
        if (!isCurrent || filled === undefined) return;
        const state = engine.get();
        madeFor.current = { acts: state.acts, trainedAt: state.status?.lastTraining?.at };
        setCards(filled);
      });
    return () => {
      isCurrent = false;
    };
  }, [recommender, failure, shop, engine, toasts, plans, round, isFirstVisit]);

  const refresh = useCallback(() => setRound((count) => count + 1), []);
  const trainedAt = status?.lastTraining?.at;
  const isOutdated = madeFor.current.acts !== acts || madeFor.current.trainedAt !== trainedAt;
  return { cards, isOutdated: isOutdated && recommender !== undefined, refresh };
}

/** Undefined: the shopper is new, and the popular cards in view stay. */
async function fill(
  recommender: Recommender,
  plans: readonly ShelfPlan[],
  arePopularGood: boolean,
): Promise<CardContent[][] | undefined> {
  if (arePopularGood && !plans.some(({ atFirst }) => atFirst === "skeleton")) {
    const { status } = await recommender.inspect(1);
    if (status.turns === 0) return undefined;
  }
  const filled: CardContent[][] = [];
  for (const { atFirst: _, ...request } of plans) {
    const exclude = filled.flat().map(({ productId }) => productId);
    const shelf = await recommender.recommend({ ...request, exclude });
    const contents = shelf.cards.map((card) => ({
      productId: card.productId,
      recommendation: card,
      shelf,
    }));
    filled.push(contents);
  }
  return filled;
}

/** The shop's popular products, dealt out to the shelves that may show them. */
function cardsAtFirst(plans: readonly ShelfPlan[], shop: Shop): (CardContent[] | undefined)[] {
  let taken = 0;
  return plans.map(({ atFirst, limit }) => {
    if (atFirst === "skeleton") return undefined;
    if (atFirst === "nothing") return [];
    const from = taken;
    taken += limit;
    return shop.popular.slice(from, taken).map(({ id }) => ({ productId: id }));
  });
}

function withoutRecommender(plans: readonly ShelfPlan[], shop: Shop): CardContent[][] {
  return cardsAtFirst(plans, shop).map((cards) => cards ?? []);
}
