/**
 * What keeps the past, learns from it and lets it decide: one file for a browser to load beside the
 * catalog, since neither waits for the other.
 */
export { createControl } from "./control.ts";
export { parseShopEvent } from "./events/shopEvent.ts";
export { createLearner } from "./learning/learner.ts";
export { chooseSlatePolicy } from "./ranking/slatePolicy.ts";
export { openShopperLog } from "./store/shopperLog.ts";
