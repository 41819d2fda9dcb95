import {
  type RecommendationsResult,
  type UseRecommendationsOptions,
  useShelf,
} from "./useShelf.ts";

/**
 * The cards of one shelf, for a component of one's own. Only what is reported as seen counts in the
 * experiment, so this shelf has no part in it by default: ask for a share with `experiment`, and send
 * `impressionsOf(seen, strategy)` from `vitrine/shelf`, to have one.
 */
export function useRecommendations(options: UseRecommendationsOptions): RecommendationsResult {
  return useShelf({ experiment: 0, ...options });
}
