"use client";

/** `vitrine/react`. */
export {
  RecommendationProvider,
  type RecommendationProviderProps,
} from "./RecommendationProvider.tsx";
export {
  type ItemProps,
  Recommendations,
  type RecommendationsProps,
  type ShownDetail,
} from "./Recommendations.tsx";
export { useRecommendations } from "./useRecommendations.ts";
export type { RecommendationsResult, UseRecommendationsOptions } from "./useShelf.ts";
