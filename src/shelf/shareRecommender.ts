import type { Recommender } from "../engine/recommender.ts";

/** One use of a recommender that is shared on the page. */
export interface SharedUse {
  recommender: Promise<Recommender>;
  /** Closes the recommender when nobody uses it any more. */
  release(): void;
}

interface Shared {
  recommender: Promise<Recommender>;
  uses: number;
}

/** Copies of this script find each other by it. A symbol cannot collide with the page's own names. */
const REGISTRY = Symbol.for("vitrine.recommenders");

/**
 * The page's recommender for `key` (its catalog and database), opened on the first call. Two copies of
 * the script on a page, or a component that is mounted twice, share one.
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
      // Delayed, since a component may be unmounted and mounted again immediately.
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
    () => undefined, // It never opened; the error was reported there.
  );
}

function pageRegistry(): Map<string, Shared> {
  const page = globalThis as { [REGISTRY]?: Map<string, Shared> };
  page[REGISTRY] ??= new Map();
  return page[REGISTRY];
}
