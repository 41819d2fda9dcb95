import { expect, test } from "playwright/test";
import { openEngine, weightsInUse } from "./support/engine.ts";
import { eventsIn, exported, imported, openWithPast, PASSPHRASE, VIEWS } from "./support/port.ts";

test("an encrypted export carries events and weights to another browser", async ({
  page,
  browser,
}) => {
  await openWithPast(page);
  const file = await exported(page, PASSPHRASE);
  const other = await (await browser.newContext()).newPage();
  await openEngine(other);
  const options = { mode: "replace", passphrase: PASSPHRASE } as const;
  expect(await imported(other, file, options)).toBe(VIEWS.length);
  expect(await eventsIn(other)).toEqual(await eventsIn(page));
  expect(await weightsInUse(other)).toEqual(await weightsInUse(page));
  await openEngine(other);
  expect(await eventsIn(other)).toEqual(await eventsIn(page));
  await other.context().close();
});
