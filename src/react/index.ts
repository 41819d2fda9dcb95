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
export {
  type RecommendationsResult,
  type UseRecommendationsOptions,
  useRecommendations,
} from "./useRecommendations.ts";
