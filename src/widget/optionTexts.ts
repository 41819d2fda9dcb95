import type { SHELF_OPTIONS } from "./shelfOptions.ts";
import type { TAG_OPTIONS } from "./tagOptions.ts";

/** What each option does, for the documentation; none of it is shipped. */
export const SHELF_OPTION_TEXTS: Record<keyof typeof SHELF_OPTIONS, string> = {
  strategy: "How the products are chosen.",
  limit: "How many cards, at most.",
  heading: "The heading; empty for none. Without it: by strategy, in the page's language.",
  layout: "A row to scroll sideways, or a grid that wraps.",
  columns: "Cards side by side. Without it: `--vitrine-columns`, else 4.",
  phoneColumns:
    "The same where the shelf is narrower than 40 em; a fraction lets the next card peep in. Without it: `--vitrine-phone-columns`, else 2.",
  imageRatio: "Shape of the pictures. Without it: `--vitrine-image-ratio`, else square.",
  imageFit: "Whether pictures fill their box or fit in.",
  show: "What cards show besides the title.",
  minScore: "Cards below this score are left out.",
  fallback: "What fills the places that `for-you` and `related` leave empty.",
  minCards: "With fewer cards than this the shelf shows its own content instead, or nothing.",
  productId:
    "The product at hand, by id or alias. Without it: the one that the page was found to be about.",
  exclude: "Ids of products that must not be shown.",
  among: "Only products with these ids are shown.",
  pin: "Ids of products that come first.",
  boost: "What is pushed: ids, `brand:NAME` or `category:LEVEL > LEVEL`.",
  bury: "What is put behind all others, named in the same way.",
  maxPerBrand: "At most so many cards of one brand.",
  maxPerCategory: "At most so many cards of one category.",
  diversity: "How much products that are alike keep each other away. Without it: 0.3.",
  personalization: "1 ranks for this shopper, 0 for everybody alike. Without it: 1.",
  currency: "ISO code: only products priced in it are shown.",
  locale: "Language and number format, such as `de-AT`. Without it: the page's `lang`.",
};

export const TAG_OPTION_TEXTS: Record<keyof typeof TAG_OPTIONS, string> = {
  catalog:
    "Address of the catalog. Needed. Shopify's `/products.json?limit=250` and WooCommerce's `/wp-json/wc/store/v1/products?per_page=100` do as they are, for a first try or some hundred products.",
  currency: "ISO code of the prices in Shopify's list, which leaves it out.",
  pack: "Address of the item pack: what the crowd knows. Without it cards come from content and the shopper's own past.",
  consent:
    "`required`: events stay in memory until consent is given. `granted`: the page has asked. `auto`: as `required` where the page's banner says that consent must be asked for (Google's consent mode, the IAB's framework, Shopify), else stored unless refused.",
  sources: "Where to look for what the shopper does.",
  dataLayer: "Name of the GA4 data layer's variable. Without it: `dataLayer`.",
  events:
    "What the data layer's own event names mean: `kauf=purchase, ansicht=view`. Meanings: `view`, `impression`, `add_to_cart`, `remove_from_cart`, `wishlist`, `purchase`, `refund`, `cart`, `search`, `none`.",
  selectors:
    "Parts of the page by CSS selector, for shops that report nothing: `cart=.buy; quantity=#qty; wishlist=.heart; order=.thanks; item=.line`. See [events](events.md).",
  database: "Name of the IndexedDB database. Without it: `vitrine`.",
  worker: "Address of `recommender.worker.js`. Without it: beside the script.",
  frame:
    "Address of your `vitrine-frame.html` on another origin: events and weights are kept there, out of reach of the page's scripts.",
};
