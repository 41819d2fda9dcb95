/** The sources of events on a page that does not know Vitrine. */
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
