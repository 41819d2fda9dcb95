import { useEffect, useMemo, useState } from "react";
import type { Product, Recommendation } from "vitrine";
import { errorText } from "../language/messageText.ts";
import { strings } from "../language/strings.ts";
import { useEnginePart, useShop } from "../ShopContext.tsx";

/** What the recommender says of each product, by id. */
export type Opinions = ReadonlyMap<string, Recommendation>;

/** What the engine ranks in one request. */
const MAX_RANKED = 200;
const NONE: Opinions = new Map();

/**
 * What the recommender makes of these products for this shopper, asked once a list: an order that
 * moved with every click would move under the eye. Undefined while it is awaited; empty for somebody
 * new, of whom there is nothing to know, and where there is no recommender.
 */
export function usePersonalOrder(
  products: readonly Product[],
  isWanted: boolean,
): Opinions | undefined {
  const { engine, toasts } = useShop();
  const recommender = useEnginePart((state) => state.recommender);
  const failure = useEnginePart((state) => state.failure);
  const [answer, setAnswer] = useState<{ products: readonly Product[]; opinions: Opinions }>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: decided when a list asks, not with the first click in it
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
