import { useCallback, useEffect, useState } from "react";
import type { ShelfRequest } from "../engine/shelfRequest.ts";
import type { ShopEventInput } from "../engine/shopEvent.ts";
import type { ShelfCard, ShelfPlan } from "../widget/fillShelf.ts";
import { usePage } from "./RecommendationProvider.tsx";

export interface UseRecommendationsOptions extends ShelfRequest {
  /** Cards below this score are left out; default 0. */
  minScore?: number;
  /** What fills the places left empty; default "none". */
  fallback?: ShelfPlan["fallback"];
  /** Only products priced in this currency. */
  currency?: string;
}

export interface Recommendations {
  /** Best first; none stands on another shelf of the page. */
  items: readonly ShelfCard[];
  status: "loading" | "ready" | "error";
  error: Error | undefined;
  /** Tells what the shopper did. */
  sendEvent(events: ShopEventInput | ShopEventInput[]): void;
  /** Chooses the cards anew; they never change by themselves while they are looked at. */
  refresh(): void;
}

/** The cards of one shelf, for a component of one's own. */
export function useRecommendations(options: UseRecommendationsOptions): Recommendations {
  const page = usePage();
  const [state, setState] = useState<Pick<Recommendations, "items" | "status" | "error">>({
    items: [],
    status: "loading",
    error: undefined,
  });
  const [round, setRound] = useState(0);
  const text = JSON.stringify(options); // The same options are a new object in every render.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another round asks again
  useEffect(() => {
    const { minScore = 0, fallback = "none", currency, ...request } = JSON.parse(text);
    return page?.queue.join({
      plan: () => ({ request, minScore, fallback, currency }),
      show: ({ cards }) => setState({ items: cards, status: "ready", error: undefined }),
      fail: (error) => setState({ items: [], status: "error", error }),
    });
  }, [page, text, round]);
  const sendEvent = useCallback<Recommendations["sendEvent"]>(
    (events) => void page?.observe(events),
    [page],
  );
  return { ...state, sendEvent, refresh: useCallback(() => setRound((count) => count + 1), []) };
}
