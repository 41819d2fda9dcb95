import {
  type RecommendationsResult,
  type UseRecommendationsOptions,
  useShelf,
} from "./useShelf.ts";

/**
 * The cards of one shelf, for a component of your own. Only cards reported as seen count in the
 * experiment, so this shelf is not part of it by default. To include it, set a share with `experiment`
 * and observe `impressionsOf(seen, strategy)` from `vitrine/shelf`.
 */
export function useRecommendations(options: UseRecommendationsOptions): RecommendationsResult {
  return useShelf({ experiment: 0, ...options });
}
