/** `vitrine`: the engine as a module. */
export * from "./engine/index.ts";
export { type OpenOptions, openRecommender } from "./worker/openRecommender.ts";
