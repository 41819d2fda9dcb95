import type { Recommender } from "../engine/recommender.ts";
import type { OpenOptions } from "./openOptions.ts";
import { type EngineCode, workerRecommender } from "./workerRecommender.ts";

export type { OpenOptions };

/** Bundlers find the engine's code by exactly these expressions. */
const BUNDLED: EngineCode = {
  workers: [
    () =>
      new Worker(new URL("./recommender.worker.ts", import.meta.url), {
        type: "module",
      }),
  ],
  onPage: () => import("./startRecommender.ts"),
};

/** Calls `workerRecommender` with the engine's code at the bundler's addresses. */
export function openRecommender(options: OpenOptions): Promise<Recommender> {
  return workerRecommender(options, BUNDLED);
}
