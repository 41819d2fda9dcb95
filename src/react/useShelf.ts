import { useCallback, useEffect, useRef, useState } from "react";
import type { ShopEventInput } from "../engine/events/shopEvent.ts";
import type { ShelfRequest } from "../engine/ranking/shelfRequest.ts";
import type { PlacedCard, ShelfPlan } from "../shelf/fillShelf.ts";
import { usePage } from "./RecommendationProvider.tsx";

export interface UseRecommendationsOptions extends ShelfRequest {
  /** Cards below this score are left out; default 0. */
  minScore?: number;
  /** What fills empty places; default "none". */
  fallback?: ShelfPlan["fallback"];
  /** Only products priced in this currency. */
  currency?: string;
}

export interface RecommendationsResult {
  /** Best first; none is on another shelf of the page. */
  items: readonly PlacedCard[];
  status: "loading" | "ready" | "error";
  error: Error | undefined;
  /** Reports what the shopper did; resolves when that is stored. Its identity never changes. */
  sendEvent(events: ShopEventInput | ShopEventInput[]): Promise<void>;
  /** Asks for new cards, which never change by themselves while they are shown. */
  refresh(): void;
}

/** The cards of one shelf, and what a component needs to report about them. */
export function useShelf(options: UseRecommendationsOptions): RecommendationsResult {
  const page = usePage();
  const [state, setState] = useState<Pick<RecommendationsResult, "items" | "status" | "error">>({
    items: [],
    status: "loading",
    error: undefined,
  });
  const [round, setRound] = useState(0);
  const text = JSON.stringify(options); // Equal options may be a new object in every render.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another round asks again
  useEffect(() => {
    const { minScore = 0, fallback = "none", currency, ...request } = JSON.parse(text);
    return page?.queue.join({
      plan: () => ({ request, minScore, fallback, currency }),
      show: ({ cards }) => setState({ items: cards, status: "ready", error: undefined }),
      fail: (error) => setState({ items: [], status: "error", error }),
    });
  }, [page, text, round]);
  const sendEvent = useSendEvent();
  return { ...state, sendEvent, refresh: useCallback(() => setRound((count) => count + 1), []) };
}

/** Effects of a component run before those of its provider, so early events wait for the recommender. */
function useSendEvent(): RecommendationsResult["sendEvent"] {
  const page = usePage();
  const current = useRef(page);
  const early = useRef<((there: NonNullable<typeof page>) => void)[]>([]);
  useEffect(() => {
    current.current = page;
    if (page !== undefined) for (const emit of early.current.splice(0)) emit(page);
  }, [page]);
  return useCallback((events) => {
    if (current.current !== undefined) return current.current.observe(events);
    return new Promise((resolve) => {
      early.current.push((there) => resolve(there.observe(events)));
    });
  }, []);
}
