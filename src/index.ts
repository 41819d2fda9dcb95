/** `vitrine`: the engine as a module, and what opens it for a page. */
export { watchDwell } from "./capture/dwell.ts";
export * from "./engine/index.ts";
export { fetchFile } from "./worker/fetchFile.ts";
export { type OpenOptions, openRecommender } from "./worker/openRecommender.ts";
