import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { demoPack } from "./src/merchant/demoPack.ts";
import { productPictures } from "./src/merchant/productPictures.ts";

export default defineConfig({
  plugins: [react(), productPictures(), demoPack()],
  worker: { format: "es" },
  build: {
    target: "es2022",
    rolldownOptions: {
      input: { shop: "index.html", vitrine: "src/worker/workerRecommender.ts" },
      // The engine's own entry keeps its exports and its name, for pages that import it.
      preserveEntrySignatures: "exports-only",
      output: {
        entryFileNames: ({ name }) =>
          name === "vitrine" ? "vitrine.js" : "assets/[name]-[hash].js",
      },
    },
  },
  test: {
    include: ["src/**/*.test.ts", "bench/**/*.test.ts"],
    testTimeout: 20_000,
  },
});
