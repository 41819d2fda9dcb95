import { expect, type Page, test } from "playwright/test";
import { weightsInUse } from "./support/engine.ts";
import { eventsIn, exported, imported, openWithPast, PASSPHRASE } from "./support/port.ts";

/** Everything that an import could change. */
async function everything(page: Page) {
  const choices = await page.evaluate(async () => {
    const { muted, retentionDays, recording } = (await window.vitrine.inspect(1)).status;
    return { muted, retentionDays, recording };
  });
  return { events: await eventsIn(page), weights: await weightsInUse(page), choices };
}

const textBytes = (text: string) => [...new TextEncoder().encode(text)];

test("a wrong passphrase, a damaged file and a foreign file are each reported and change nothing", async ({
  page,
}) => {
  await openWithPast(page);
  const sealed = await exported(page, PASSPHRASE);
  const plain = await exported(page);
  // Delete what an import would restore, so that a restore is noticed.
  await page.evaluate(async () => {
    const { events } = await window.vitrine.inspect();
    await window.vitrine.forget({ seq: events[0]!.seq });
    await window.vitrine.setRetention(90);
    await window.vitrine.settled();
  });
  const before = await everything(page);
  const flipped = sealed.with(-200, sealed.at(-200)! === 65 ? 66 : 65);
  const otherMuted = new TextDecoder().decode(Uint8Array.from(plain)).replace('"view"', '"cart"');
  const refusals: [string, number[], string | undefined, RegExp][] = [
    ["wrong passphrase", sealed, "another fox", /^The passphrase is wrong, or the file is damaged/],
    ["no passphrase", sealed, undefined, /passphrase/],
    ["one letter changed", flipped, PASSPHRASE, /^The passphrase is wrong, or the file is damaged/],
    ["cut off", sealed.slice(0, -40), PASSPHRASE, /^The file is not a Vitrine export/],
    ["changed by hand", textBytes(otherMuted), undefined, /^The file is damaged: its checksum/],
    ["another program's", textBytes('{"format":"har"}'), undefined, /field "format" is "har"/],
    ["no JSON", textBytes("PK\u0003\u0004"), undefined, /^The file is not a Vitrine export/],
    [
      "of a later version",
      textBytes('{"format":"vitrine-export","version":9}'),
      undefined,
      /field "version" is 9/,
    ],
    ["empty", [], undefined, /file size/],
  ];
  for (const [name, file, passphrase, message] of refusals) {
    const options = { mode: "replace", ...(passphrase && { passphrase }) } as const;
    expect(await imported(page, file, options), name).toMatch(message);
    expect(await everything(page), name).toEqual(before);
  }
  expect(await imported(page, sealed, { mode: "replace", passphrase: PASSPHRASE })).toBe(12);
  expect(await everything(page)).not.toEqual(before);
});
