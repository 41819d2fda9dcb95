import type { Recommender } from "../engine/recommender.ts";

/** One use of a recommender that others on the page may use, too. */
export interface SharedUse {
  recommender: Promise<Recommender>;
  /** Closes the recommender when nobody uses it any more. */
  release(): void;
}

interface Shared {
  recommender: Promise<Recommender>;
  uses: number;
}

/** Copies of this script know each other by it. It is no name that a page could stumble over. */
const REGISTRY = Symbol.for("vitrine.recommenders");

/**
 * The page's recommender for `key` (its catalog and database), opened for the first that asks. Two
 * copies of the script on a page, or a component that is mounted twice, share one.
 */
export function shareRecommender(key: string, open: () => Promise<Recommender>): SharedUse {
  const registry = pageRegistry();
  const shared = registry.get(key) ?? { recommender: open(), uses: 0 };
  registry.set(key, shared);
  shared.uses++;
  let isReleased = false;
  return {
    recommender: shared.recommender,
    release() {
      if (isReleased) return;
      isReleased = true;
      shared.uses--;
      // Not at once: a component that is unmounted and mounted again asks for it in the same breath.
      setTimeout(() => closeUnused(registry, key));
    },
  };
}

function closeUnused(registry: Map<string, Shared>, key: string): void {
  const shared = registry.get(key);
  if (shared === undefined || shared.uses > 0) return;
  registry.delete(key);
  shared.recommender.then(
    (recommender) => recommender.close(),
    () => undefined, // It never opened; its opener has the error.
  );
}

function pageRegistry(): Map<string, Shared> {
  const page = globalThis as { [REGISTRY]?: Map<string, Shared> };
  page[REGISTRY] ??= new Map();
  return page[REGISTRY];
}
