import { createContext, type ReactNode, useContext, useEffect, useState } from "react";
import type { PageShelves } from "../shelf/pageShelves.ts";
import { shareRecommender } from "../shelf/shareRecommender.ts";
import { createShelfQueue } from "../shelf/shelfQueue.ts";
import type { OpenOptions } from "../worker/openOptions.ts";
import { openRecommender } from "../worker/openRecommender.ts";

/** Undefined until the provider is mounted in a browser: a server renders no recommendations. */
const PageContext = createContext<PageShelves | undefined>(undefined);

export interface RecommendationProviderProps
  extends Pick<OpenOptions, "currency" | "pack" | "databaseName" | "consent" | "experiment"> {
  /** Address of the catalog. */
  catalog: string;
  /** Called when the recommender cannot be opened, or cannot store an event. */
  onError?: (error: Error) => void;
  children?: ReactNode;
}

/** Opens the shop's recommender for all components below. Mounted twice, it is opened once. */
export function RecommendationProvider(props: RecommendationProviderProps): ReactNode {
  const {
    catalog,
    currency,
    pack,
    databaseName,
    consent,
    experiment,
    onError = console.error,
    children,
  } = props;
  const [page, setPage] = useState<PageShelves>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new handler does not open a new recommender
  useEffect(() => {
    const options = {
      catalog,
      ...(currency !== undefined && { currency }),
      ...(pack !== undefined && { pack }),
      ...(databaseName !== undefined && { databaseName }),
      ...(consent !== undefined && { consent }),
      ...(experiment !== undefined && { experiment }),
    };
    const key = JSON.stringify([catalog, typeof pack === "string" ? pack : "", databaseName]);
    const use = shareRecommender(key, () => openRecommender(options));
    use.recommender.catch(onError);
    setPage({
      queue: createShelfQueue(use.recommender),
      observe: async (events) => {
        await use.recommender.then((recommender) => recommender.observe(events)).catch(onError);
      },
      productId: () => undefined,
    });
    return use.release;
  }, [catalog, currency, pack, databaseName, consent, experiment]);
  return <PageContext.Provider value={page}>{children}</PageContext.Provider>;
}

export function usePage(): PageShelves | undefined {
  return useContext(PageContext);
}
