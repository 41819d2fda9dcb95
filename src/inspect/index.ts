/**
 * `vitrine/inspect`: tools for pages that show how the recommender works: the network and its files, the
 * products named by a shopper's events, the evidence of the experiment, and the requests of a page.
 * Ordinary shop pages do not need it; load it on demand.
 */
export { RETENTION_DAYS } from "../engine/events/consent.ts";
export { DECISIVE, type ExperimentStatus } from "../engine/events/experiment.ts";
export type { Muted, Selection } from "../engine/events/selection.ts";
export { productIdsOf } from "../engine/events/shopEvent.ts";
export { MAX_FILE_BYTES } from "../engine/insight/exportFile.ts";
export { type RequestEntry, requestOf } from "../engine/insight/requestEntry.ts";
export { hashTexts } from "../engine/kit/hash.ts";
export { createRandom, type Random } from "../engine/kit/random.ts";
export type { EpochReport } from "../engine/learning/training.ts";
export {
  HIDDEN,
  HIDDEN_BIAS,
  INPUT_NAMES,
  INPUTS,
  type InputName,
  type Network,
  OUTCOMES,
  OUTPUT_KERNEL,
  OUTPUTS,
  type Outcome,
  predict,
} from "../engine/network/network.ts";
export { networksFromBytes } from "../engine/network/networkFile.ts";
