/** The log, the learner and the controls in one file, which a browser loads in parallel with the catalog. */
export { createControl } from "./control.ts";
export { readExperimentOption } from "./events/experimentOption.ts";
export { parseShopEvent } from "./events/shopEvent.ts";
export { createLearner } from "./learning/learner.ts";
export { chooseSlatePolicy } from "./ranking/slatePolicy.ts";
export { resumeVisit } from "./resumeVisit.ts";
export { openShopperLog } from "./store/shopperLog.ts";
