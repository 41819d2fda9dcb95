import { defineConfig } from "vitest/config";

/** Tests that may kill a mutant: those beside the mutated files, since every mutant runs some of them. */
export default defineConfig({
  test: {
    include: ["src/engine/{network,events,ranking,learning}/**/*.test.ts"],
    testTimeout: 60_000,
  },
});
