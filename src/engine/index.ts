/** The public API of the engine. */

export type { Control, Imported, ImportOptions, Relearning } from "./control.ts";
export { createRecommender } from "./createRecommender.ts";
export {
  CONSENT_MODES,
  type Consent,
  type ConsentAnswer,
  type ConsentMode,
  type Decision,
  type Recording,
} from "./events/consent.ts";
export type { ExperimentStatus } from "./events/experiment.ts";
export { LONG_DWELL_MS } from "./events/foldHistory.ts";
export type { Muted, Selection } from "./events/selection.ts";
export type { KeptEvent, StoredEvent } from "./events/shopEvent.ts";
export { parseShopEvent, type ShopEvent, type ShopEventInput } from "./events/shopEvent.ts";
export type { ExportContent, PageTexts } from "./insight/exportFile.ts";
export type { Interests } from "./insight/interests.ts";
export type { Expected, Outlook, OutlookBasis, OutlookHorizon } from "./insight/outlook.ts";
export type { Reliability, ReliabilityBin } from "./insight/reliability.ts";
export type { RequestEntry } from "./insight/requestEntry.ts";
export type { StorageReport } from "./insight/storageReport.ts";
export type { LocalSurrogate, TreeNode, TreeSurrogate } from "./insight/surrogateModels.ts";
export type { TasteCard } from "./insight/tasteCard.ts";
export type { Activations, Counterfactual, Why } from "./insight/why.ts";
export type { ExportOptions, Insights } from "./insights.ts";
export { FieldError } from "./kit/fields.ts";
export { type Message, type MessageCode, type MessageParams, messageOf } from "./kit/message.ts";
export type { TrainingReport } from "./learning/learnFrom.ts";
export { fromLayersModel, type LayersModelFiles, toLayersModel } from "./network/layersModel.ts";
export {
  INPUT_NAMES,
  type InputName,
  type Network,
  OUTCOMES,
  type Outcome,
} from "./network/network.ts";
export { networkFromBytes, networkToBytes } from "./network/networkFile.ts";
export type { Observe } from "./observe.ts";
export { rowsByPopularity } from "./ranking/candidates.ts";
export type { Recommendation } from "./ranking/explain.ts";
export type { Reason } from "./ranking/reason.ts";
export type { Rebuy } from "./ranking/rebuy.ts";
export type { ProductFilter, Rule } from "./ranking/rules.ts";
export type { Shelf, ShelfCard } from "./ranking/shelf.ts";
export { type ShelfRequest, STRATEGIES, type Strategy } from "./ranking/shelfRequest.ts";
export type { Shelves } from "./recommend.ts";
export type { Inspection, Recommender, RecommenderOptions, Status } from "./recommender.ts";
export {
  type Catalog,
  createCatalog,
  isWantedAgain,
  NEW_MS,
  type Product,
} from "./shop/catalog.ts";
export {
  emptyItemPack,
  type ItemPack,
  itemPackFromBytes,
  itemPackToBytes,
} from "./shop/itemPack.ts";
export { parseCatalog, type RejectedRow } from "./shop/parseCatalog.ts";
