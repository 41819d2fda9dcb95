/**
 * What keeps the past, learns from it and lets it decide: one file for a browser to load beside the
 * catalogue, since neither waits for the other.
 */
export { createControl } from "./control.ts";
export { drawChooser } from "./drawChooser.ts";
export { createLearner } from "./learner.ts";
export { parseShopEvent } from "./shopEvent.ts";
export { openShopperLog } from "./shopperLog.ts";
