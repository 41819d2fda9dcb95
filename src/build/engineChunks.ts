/**
 * The engine in as few files as it has moments: a worker asks for a file only once it has read who
 * imports it, and each such round trip would put off the first card.
 */
export const ENGINE_CHUNKS = [
  // The entries stay files of their own: nobody but the worker may run the worker's.
  {
    name: "first-cards",
    tags: ["$initial" as const],
    test: /\/src\/engine\/|startRecommender|fetchFile|catalogFile/,
  },
  { name: "past", test: /\/src\/engine\/(lazyParts|shop\/priorWeights)\.ts$/ },
];
