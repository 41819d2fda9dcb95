import { useEffect, useMemo, useState } from "react";
import type { Product, Recommendation } from "vitrine";
import { errorText } from "../language/messageText.ts";
import { strings } from "../language/strings.ts";
import { useEnginePart, useShop } from "../ShopContext.tsx";

/** The recommender's answer for each product, by id. */
export type Opinions = ReadonlyMap<string, Recommendation>;

/** The number of products that the engine ranks in one request. */
const MAX_RANKED = 200;
const NONE: Opinions = new Map();

/**
 * The recommender's ranking of these products for this shopper, requested once per list, since an order
 * that changed with every click would be confusing. Undefined while it is awaited; empty for a new
 * shopper, of whom nothing is known, and where there is no recommender.
 */
export function usePersonalOrder(
  products: readonly Product[],
  isWanted: boolean,
): Opinions | undefined {
  const { engine, toasts } = useShop();
  const recommender = useEnginePart((state) => state.recommender);
  const failure = useEnginePart((state) => state.failure);
  const [answer, setAnswer] = useState<{ products: readonly Product[]; opinions: Opinions }>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: decided once per list, not after the first click in it
  const isStranger = useMemo(
    () => !engine.isReturning && engine.get().acts === 0,
    [engine, products, isWanted],
  );

  useEffect(() => {
    if (!isWanted || isStranger || recommender === undefined) return;
    let isCurrent = true;
    const among = products.map(({ id }) => id);
    recommender
      .recommend({ strategy: "for-you", limit: MAX_RANKED, diversity: 0, among })
      .then(({ cards }) => new Map(cards.map((card) => [card.productId, card])))
      .catch((error: Error) => {
        toasts.showError(strings.failure.order(errorText(error)));
        return NONE;
      })
      .then((opinions) => isCurrent && setAnswer({ products, opinions }));
    return () => {
      isCurrent = false;
    };
  }, [recommender, toasts, products, isWanted, isStranger]);

  if (!isWanted || isStranger || failure !== undefined) return NONE;
  return answer?.products === products ? answer.opinions : undefined;
}
