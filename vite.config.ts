import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { demoPack } from "./src/build/demoPack.ts";
import { ENGINE_CHUNKS } from "./src/build/engineChunks.ts";
import { offlineShop } from "./src/build/offlineShop.ts";
import { prerenderedPages } from "./src/build/prerenderedPages.ts";
import { productPictures } from "./src/build/productPictures.ts";
import { siteHeaders } from "./src/build/securityHeaders.ts";

export default defineConfig({
  // The demo shop imports the package by its name, as any shop would.
  resolve: { tsconfigPaths: true },
  plugins: [
    react(),
    productPictures(),
    demoPack(),
    prerenderedPages(),
    siteHeaders(),
    offlineShop(),
  ],
  worker: {
    format: "es",
    rolldownOptions: { output: { codeSplitting: { groups: ENGINE_CHUNKS } } },
  },
  build: {
    target: "es2022",
    rolldownOptions: {
      // Painting the pictures takes its time, and says so.
      checks: { bundlerTimings: false },
      input: { shop: "index.html", engine: "src/worker/openRecommender.ts" },
      // The engine's own entry keeps its exports and its name, for pages that import it.
      preserveEntrySignatures: "exports-only",
      output: {
        // What the shop shares with the engine lies in a chunk of its own: a page that imports only
        // the engine must not get the shop with it.
        codeSplitting: {
          groups: [{ name: "engine", test: /src\/(engine\/|worker\/fetchFile)/, minShareCount: 2 }],
        },
        entryFileNames: ({ name }) => (name === "engine" ? "engine.js" : "assets/[name]-[hash].js"),
      },
    },
  },
  test: {
    include: ["src/**/*.test.ts", "bench/**/*.test.ts"],
    testTimeout: 60_000,
  },
});
