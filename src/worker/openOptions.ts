import type { ConsentMode } from "../engine/events/consent.ts";
import type { Message } from "../engine/kit/message.ts";
import type { TrainerPreference } from "../engine/learning/chooseTrainer.ts";
import type { Rule } from "../engine/ranking/rules.ts";

/** How a page opens its recommender. Everything in it can be posted to a worker. */
export interface OpenOptions {
  /**
   * Address of the catalog file, or its parsed content. Also a platform's own list of products: Shopify's
   * `products.json`, or WooCommerce's Store API.
   */
  catalog: unknown;
  /** ISO code of Shopify's prices, which its list leaves out. */
  currency?: string;
  /** Address of the item pack, or its bytes. Absent: no crowd knowledge. */
  pack?: string | ArrayBuffer;
  /** Name of the IndexedDB database; default "vitrine". */
  databaseName?: string;
  trainer?: TrainerPreference;
  seed?: number;
  /** See `RecommenderOptions`, as for the two below. */
  consent?: ConsentMode;
  guest?: boolean | undefined;
  globalPrivacyControl?: boolean;
  /** The shop's wishes for all shelves: what to pin, boost, bury and cap. */
  rules?: Rule[];
  /** See `RecommenderOptions`. */
  experiment?: number | undefined;
  /** @deprecated See `RecommenderOptions`. */
  comparedShare?: number | undefined;
  /** What already went wrong, for the status. */
  warnings?: Message[];
}
