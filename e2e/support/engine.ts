import type { Page } from "playwright/test";
import { networksFromBytes } from "../../src/engine/network/networkFile.ts";
import type { OpenOptions } from "../../src/worker/openOptions.ts";
import type { openRecommender } from "../../src/worker/openRecommender.ts";

/** Opens the engine without a shop around it, as `window.vitrine`. */
export async function openEngine(page: Page, options: Partial<OpenOptions> = {}): Promise<void> {
  await page.route("**/engine-only", (route) =>
    route.fulfill({ contentType: "text/html", body: "<!doctype html><title>Engine</title>" }),
  );
  await page.goto("/engine-only");
  await page.evaluate(async (given) => {
    const address = "/engine.js";
    const engine = (await import(address)) as { openRecommender: typeof openRecommender };
    window.vitrine = await engine.openRecommender({
      catalog: "/catalog.json",
      pack: "/pack.bin",
      ...given,
    });
  }, options);
}

/** Runs `code` in the worker before the engine's own script. */
export async function beforeWorker(page: Page, code: string): Promise<void> {
  await page.route("**/recommender.worker-*.js", async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `${code};\n${await response.text()}` });
  });
}

/** The weights of all networks in use, one after the other. */
export async function weightsInUse(page: Page): Promise<number[]> {
  const bytes = await page.evaluate(async () => [
    ...new Uint8Array(await window.vitrine.exportNetwork()),
  ]);
  const networks = networksFromBytes(Uint8Array.from(bytes).buffer);
  return networks.flatMap(({ weights }) => [...weights]);
}
