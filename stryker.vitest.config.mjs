import { defineConfig } from "vitest/config";
import { ROOMS } from "./stryker.config.mjs";

/** What may notice a mutant: the tests beside it, for every mutant runs all of them that reach it. */
export default defineConfig({
  test: {
    include: ROOMS.map((room) => `src/engine/${room}/${process.env.TESTS ?? "*"}.test.ts`),
    testTimeout: 60_000,
  },
});
