import { defineConfig } from "vitest/config";

/** `npm run test:warehouse`: apart from the other tests, since it needs a database server. */
export default defineConfig({
  test: { include: ["src/merchant/warehouse.spec.ts"], testTimeout: 60_000 },
});
