/**
 * `vitrine/shelf`: shelves for a page that draws its own cards, in any framework. The queue keeps a
 * product from being shown twice, impressions record which answer each card came from, and texts and
 * prices are in the page's language.
 */
export {
  fillShelf,
  type PlacedCard,
  type ShelfContent,
  type ShelfPlan,
  type ShelfSource,
} from "./fillShelf.ts";
export { type Ga4Item, type Ga4Payload, ga4Payload } from "./ga4Payload.ts";
export {
  type ImpressionWatch,
  impressionOf,
  impressionsOf,
  type SeenCard,
  watchImpressions,
} from "./impression.ts";
export { CHINESE, FRENCH, GERMAN, MORE_LANGUAGES, SPANISH } from "./languages.ts";
export { formatMoney, minorUnits } from "./numberFormat.ts";
export { type ReasonedCard, type ReasonTexts, reasonLine } from "./reasonLine.ts";
export { createShelfQueue, type ShelfPlace, type ShelfQueue } from "./shelfQueue.ts";
export { addLanguages, ENGLISH, type Texts, textsFor } from "./texts.ts";
