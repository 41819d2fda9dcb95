import { expect, type Page, test } from "playwright/test";
import { catalog } from "./support/demoShop.ts";
import { openEngine, weightsInUse } from "./support/engine.ts";

const VIEWS = catalog.products
  .slice(30, 42)
  .map(({ id }, index) => ({ type: "view" as const, productId: id, at: Date.now() - 1e6 + index }));
const PASSPHRASE = "a fox in the fog";

const eventsIn = (page: Page) =>
  page.evaluate(async () => {
    const { events } = await window.vitrine.inspect();
    return events.map(({ seq: _seq, ...event }) => event);
  });

const exported = (page: Page, passphrase: string) =>
  page.evaluate(
    async (given) => [...new Uint8Array(await window.vitrine.exportFile({ passphrase: given }))],
    passphrase,
  );

const imported = (page: Page, file: number[], passphrase: string) =>
  page.evaluate(
    async ([bytes, given]) =>
      window.vitrine
        .importFile(Uint8Array.from(bytes).buffer, { mode: "replace", passphrase: given })
        .then(({ events }) => events)
        .catch((error: Error) => error.message),
    [file, passphrase] as const,
  );

async function openWithPast(page: Page): Promise<number[]> {
  await openEngine(page);
  await page.evaluate(async (views) => {
    await window.vitrine.observe(views);
    await window.vitrine.train("plain");
  }, VIEWS);
  return exported(page, PASSPHRASE);
}

test("one encrypted file carries events and weights into another browser", async ({
  page,
  browser,
}) => {
  const file = await openWithPast(page);
  const other = await (await browser.newContext()).newPage();
  await openEngine(other);
  expect(await imported(other, file, PASSPHRASE)).toBe(VIEWS.length);
  expect(await eventsIn(other)).toEqual(await eventsIn(page));
  expect(await weightsInUse(other)).toEqual(await weightsInUse(page));
  await openEngine(other);
  expect(await eventsIn(other)).toEqual(await eventsIn(page));
  await other.context().close();
});

test("a wrong passphrase or a damaged file changes nothing", async ({ page }) => {
  const file = await openWithPast(page);
  const before = { events: await eventsIn(page), weights: await weightsInUse(page) };
  expect(await imported(page, file, "another fox")).toContain("The passphrase is wrong");
  expect(await imported(page, file.slice(0, -40), PASSPHRASE)).toContain("no export of Vitrine");
  expect(await eventsIn(page)).toEqual(before.events);
  expect(await weightsInUse(page)).toEqual(before.weights);
});
