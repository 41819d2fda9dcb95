/** Where events are found on a page that knows nothing of Vitrine. */
export const SOURCES = [
  "data-layer",
  "shopify",
  "json-ld",
  "microdata",
  "segment",
  "attributes",
  "selectors",
  "forms",
  "address",
] as const;
export type Source = (typeof SOURCES)[number];
