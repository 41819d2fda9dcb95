import type { ConsentMode } from "../engine/events/consent.ts";
import type { Message } from "../engine/kit/message.ts";
import type { TrainerPreference } from "../engine/learning/chooseTrainer.ts";
import type { Rule } from "../engine/ranking/rules.ts";
import type { Status } from "../engine/recommender.ts";

/** A page's options for opening its recommender. All of them can be posted to a worker. */
export interface OpenOptions {
  /**
   * Address of the catalog file, or its parsed content. A platform's own product list also works:
   * Shopify's `products.json`, or WooCommerce's Store API.
   */
  catalog: unknown;
  /** ISO code of Shopify's prices, which is missing from its list. */
  currency?: string | undefined;
  /** Address of the item pack, or its bytes; without it there is no crowd knowledge. */
  pack?: string | ArrayBuffer | undefined;
  /** Name of the IndexedDB database; default "vitrine". */
  databaseName?: string | undefined;
  trainer?: TrainerPreference;
  seed?: number;
  /** See `RecommenderOptions`, as for the three below. */
  consent?: ConsentMode;
  guest?: boolean | undefined;
  resumed?: Status | undefined;
  globalPrivacyControl?: boolean;
  /** The shop's rules for all shelves: pin, boost, bury and cap. */
  rules?: Rule[];
  /** See `RecommenderOptions`. */
  experiment?: number | undefined;
  /** @deprecated See `RecommenderOptions`. */
  comparedShare?: number | undefined;
  /** Earlier failures, for the status. */
  warnings?: Message[];
}
