import type { Page } from "playwright/test";
import type { ImportOptions } from "../../src/engine/control.ts";
import { catalog } from "./demoShop.ts";
import { openEngine } from "./engine.ts";

export const PASSPHRASE = "a fox in the fog";
export const VIEWS = catalog.products
  .slice(30, 42)
  .map(({ id }, index) => ({ type: "view" as const, productId: id, at: Date.now() - 1e6 + index }));

/** Opens the engine with a history and a network trained on it. */
export async function openWithPast(page: Page): Promise<void> {
  await openEngine(page);
  await page.evaluate(async (views) => {
    await window.vitrine.observe(views);
    await window.vitrine.train("plain");
  }, VIEWS);
}

export const eventsIn = (page: Page) =>
  page.evaluate(async () => {
    const { events } = await window.vitrine.inspect();
    return events.map(({ seq: _seq, ...event }) => event);
  });

export const exported = (page: Page, passphrase?: string) =>
  page.evaluate(
    async (given) => [...new Uint8Array(await window.vitrine.exportFile(given))],
    passphrase === undefined ? {} : { passphrase },
  );

/** The number of imported events, or the error. */
export const imported = (page: Page, file: number[], options: ImportOptions) =>
  page.evaluate(
    async ([bytes, given]) =>
      window.vitrine
        .importFile(Uint8Array.from(bytes).buffer, given)
        .then(({ events }) => events)
        .catch((error: Error) => error.message),
    [file, options] as const,
  );
