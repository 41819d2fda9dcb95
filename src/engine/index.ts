/** The public API of the engine. */
export { type Catalog, createCatalog, type Product } from "./catalog.ts";
export { createRecommender } from "./createRecommender.ts";
export type { Standing } from "./evaluation.ts";
export type { KeptEvent, StoredEvent } from "./eventStore.ts";
export type { Reason, Recommendation } from "./explain.ts";
export type { ExportContent, PageTexts } from "./exportFile.ts";
export { FieldError } from "./fields.ts";
export type { Interests } from "./interests.ts";
export { type ItemPack, itemPackFromBytes, itemPackToBytes } from "./itemPack.ts";
export { fromLayersModel, type LayersModelFiles, toLayersModel } from "./layersModel.ts";
export type { Message, MessageCode, MessageParams } from "./message.ts";
export {
  INPUT_NAMES,
  type InputName,
  type Network,
  OUTCOMES,
  type Outcome,
} from "./network.ts";
export { networkFromBytes, networkToBytes } from "./networkFile.ts";
export { parseCatalog, type RejectedRow } from "./parseCatalog.ts";
export type {
  ImportOptions,
  Inspection,
  Recommender,
  RecommenderOptions,
  Relearning,
  Status,
} from "./recommender.ts";
export {
  CONSENT_MODES,
  type Consent,
  type ConsentMode,
  type Decision,
  type Recording,
} from "./recording.ts";
export type { Reliability, ReliabilityBin } from "./reliability.ts";
export type { RequestEntry } from "./requestEntry.ts";
export type { ProductFilter, Rule } from "./rules.ts";
export type { Muted, Selection } from "./selection.ts";
export type { Shelf, ShelfCard } from "./shelf.ts";
export { type ShelfRequest, STRATEGIES, type Strategy } from "./shelfRequest.ts";
export { parseShopEvent, type ShopEvent, type ShopEventInput } from "./shopEvent.ts";
export type { StorageReport } from "./storageReport.ts";
export type { LocalSurrogate, TreeNode, TreeSurrogate } from "./surrogates.ts";
export type { TasteCard } from "./tasteCard.ts";
export type { TrainingReport } from "./trainer/learnFrom.ts";
export type { Activations, Counterfactual, Why } from "./why.ts";
