import { defineConfig } from "playwright/test";
import { chromiumOptions } from "../src/cli/doctor/chromium.ts";

/** Two checkouts of the project can be tested side by side. */
const PORT = Number(process.env.E2E_PORT ?? 4179);

/** Runs against the production build. `npx playwright test -c e2e NAME` runs one spec. */
export default defineConfig({
  testDir: ".",
  outputDir: "../test-results",
  fullyParallel: true,
  workers: Number(process.env.E2E_WORKERS ?? 2),
  forbidOnly: Boolean(process.env.CI),
  // Software rendering on two cores is slow with a page full of pictures.
  timeout: 120_000,
  expect: { timeout: 20_000 },
  reporter: [["list"]],
  use: {
    baseURL: `http://localhost:${PORT}`,
    launchOptions: chromiumOptions(),
    // Tracing every test takes a quarter of the time; turn it on with --trace on.
    trace: "off",
    screenshot: "only-on-failure",
    // Otherwise pages cross-fade frame by frame; specs about motion turn it on.
    contextOptions: { reducedMotion: "reduce" },
    // It would fetch the whole shop during every test; the spec "offline" turns it on.
    serviceWorkers: "block",
  },
  webServer: {
    command: `npm run build:e2e && npx vite preview --outDir .cache/e2e --port ${PORT} --strictPort`,
    cwd: "..",
    port: PORT,
    reuseExistingServer: false,
    // The first build paints the pictures.
    timeout: 300_000,
  },
});
