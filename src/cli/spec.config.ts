import { defineConfig } from "vitest/config";

/** Separate from the other tests: `npm run test:warehouse` needs a database server, `test:package` a build. */
export default defineConfig({
  test: { include: ["src/cli/*.spec.ts"], testTimeout: 60_000 },
});
