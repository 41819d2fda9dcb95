import { useCallback, useEffect, useRef } from "react";
import type { Strategy } from "vitrine";
import { type ImpressionWatch, impressionsOf, watchImpressions } from "vitrine/shelf";
import { useShop } from "../ShopContext.tsx";
import type { ShopCard } from "./shelfPlans.ts";

/** Reports which cards were seen, so that the network also learns from those passed over. */
export function useImpressions(
  name: Strategy,
  cards: readonly ShopCard[] | undefined,
): (card: Element | null) => void {
  const { engine } = useShop();
  const shown = useRef(cards);
  useEffect(() => {
    shown.current = cards;
  }, [cards]);
  const watch = useRef<ImpressionWatch>(undefined);
  const waiting = useRef<Element[]>([]);
  useEffect(() => {
    watch.current = watchImpressions((productIds) => {
      const cards = shown.current ?? [];
      const seen = cards.filter(({ product }) => productIds.includes(product.id));
      return engine.observe(impressionsOf(seen, name));
    });
    for (const card of waiting.current) watch.current.observe(card);
    return () => {
      watch.current?.stop();
      watch.current = undefined;
    };
  }, [engine, name]);
  // React attaches the cards before it runs the effect.
  return useCallback((card) => {
    if (card === null) return;
    if (watch.current) watch.current.observe(card);
    else waiting.current.push(card);
  }, []);
}
