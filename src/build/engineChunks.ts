/**
 * Groups the engine into few files by when they are needed: a worker requests a file only after it has
 * read the one that imports it, and each such round trip would delay the first card.
 */
export const ENGINE_CHUNKS = [
  // The entries stay separate files: only the worker may run the worker's.
  {
    name: "first-cards",
    tags: ["$initial" as const],
    test: /\/src\/engine\/|startRecommender|fetchFile|catalogFile/,
  },
  { name: "past", test: /\/src\/engine\/lazyParts\.ts$/ },
];
