import type { SHELF_OPTIONS } from "./shelfOptions.ts";
import type { TAG_OPTIONS } from "./tagOptions.ts";

/** The documentation of each option; it is not shipped. */
export const SHELF_OPTION_TEXTS: Record<keyof typeof SHELF_OPTIONS, string> = {
  strategy: "How the products are chosen.",
  limit: "Maximum number of cards.",
  heading: "The heading; empty for none. Default: by strategy, in the page's language.",
  layout: "A row that scrolls sideways, or a grid that wraps.",
  columns: "Cards side by side. Default: `--vitrine-columns`, or 4.",
  phoneColumns:
    "The same if the shelf is narrower than 40 em; a fraction lets the next card peek in. Default: `--vitrine-phone-columns`, or 2.",
  imageRatio: "Shape of the pictures. Default: `--vitrine-image-ratio`, or square.",
  imageFit: "Whether pictures fill their box or fit inside it.",
  show: "What cards show in addition to the title.",
  minScore: "Cards below this score are left out.",
  fallback: "Fills the places that `for-you` and `related` leave empty.",
  minCards: "With fewer cards, the shelf shows its own content or nothing.",
  productId: "The current product, by id or alias. Default: the product that the page is about.",
  exclude: "Ids of products to leave out.",
  among: "Shows only products with these ids.",
  pin: "Ids of products to show first.",
  boost: "Products to promote: ids, `brand:NAME` or `category:LEVEL > LEVEL`.",
  bury: "Products to place after all others, in the same notation.",
  maxPerBrand: "Maximum number of cards of one brand.",
  maxPerCategory: "Maximum number of cards of one category.",
  diversity: "How strongly similar products displace each other. Default: 0.3.",
  personalization: "1 ranks for this shopper, 0 equally for everyone. Default: 1.",
  experiment:
    "Share of page views on which this shelf alternates between the network and a plain list, to find out which serves this shopper better; 0: never. Default: that of the script tag.",
  currency: "ISO code; shows only products priced in it.",
  locale: "Language and number format, such as `de-AT`. Default: the page's `lang`.",
};

export const TAG_OPTION_TEXTS: Record<keyof typeof TAG_OPTIONS, string> = {
  catalog:
    "Address of the catalog. Required. Shopify's `/products.json?limit=250` and WooCommerce's `/wp-json/wc/store/v1/products?per_page=100` work as they are for a first try, or for a few hundred products.",
  currency: "ISO code of the prices in Shopify's list, which does not contain it.",
  pack: "Address of the item pack, which holds what all shoppers do. Without it, cards use content and the shopper's own history.",
  consent:
    "`required`: events stay in memory until consent is given. `granted`: the page has already asked. `asking`: a consent banner asks on each page, and until it reports an answer what is stored waits, too. `auto`: like `asking` on a page with one of the consent frameworks in docs/consent.md, otherwise stored unless declined.",
  experiment:
    "Share of `for-you` shelves on which a plain list of popular and recent products alternates with the network, card by card; the shopper's choices decide which of the two is used. 0: none, and the network is always used.",
  sources: "Where to look for events.",
  dataLayer: "Name of the GA4 data layer's variable. Default: `dataLayer`.",
  events:
    "Meanings of the data layer's own event names: `kauf=purchase, ansicht=view`. Possible: `view`, `impression`, `add_to_cart`, `remove_from_cart`, `wishlist`, `purchase`, `refund`, `cart`, `search`, `none`.",
  selectors:
    "Parts of the page by CSS selector, for shops that report nothing: `cart=.buy; quantity=#qty; wishlist=.heart; order=.thanks; item=.line`. See [events](events.md).",
  database: "Name of the IndexedDB database. Default: `vitrine`.",
  worker: "Address of `recommender.worker.js`. Default: next to the script.",
  frame:
    "Address of your `vitrine-frame.html` on another origin: keeps events and weights there, out of reach of the page's scripts.",
};
