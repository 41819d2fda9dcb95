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
  // Software rendering on two cores takes its time over a page full of pictures.
  timeout: 120_000,
  expect: { timeout: 20_000 },
  reporter: [["list"]],
  use: {
    baseURL: `http://localhost:${PORT}`,
    launchOptions: chromiumOptions(),
    // Keeping a trace of every test until it has passed takes a quarter of the time: ask with --trace on.
    trace: "off",
    screenshot: "only-on-failure",
    // Else pages fade into each other, frame by frame; specs of what moves ask for it.
    contextOptions: { reducedMotion: "reduce" },
    // It would fetch the whole shop beside every test; the spec "offline" lets it.
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
