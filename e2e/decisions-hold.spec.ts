import { expect, type Page, test } from "playwright/test";
import { catalog } from "./support/demoShop.ts";
import { openEngine } from "./support/engine.ts";
import { VIEWS } from "./support/port.ts";
import { storedRecords } from "./support/records.ts";
import { statusOf, storedEvents } from "./support/shop.ts";

const HANG_WHEN_ASKED_FOR_CARDS = `
  addEventListener("message", ({ data }) => { if (data.method === "recommend") for (;;); });`;

/** What a decision came to, and after how many milliseconds. */
interface Outcome {
  error: { code?: string; message: string } | undefined;
  ms: number;
}

function decide(page: Page, method: string, ...args: unknown[]): Promise<Outcome> {
  return page.evaluate(
    async ([name, given]) => {
      const before = performance.now();
      const methods = window.vitrine as unknown as Record<
        string,
        (...all: unknown[]) => Promise<void>
      >;
      const error = await methods[name]!(...given).then(
        () => undefined,
        ({ code, message }) => ({ code, message }),
      );
      return { error, ms: performance.now() - before };
    },
    [method, args] as const,
  );
}

const eventRecords = async (page: Page) =>
  (await storedRecords(page, "vitrine")).filter(({ store }) => store === "events").length;

test("no decision waits for training code that never arrives", async ({ page }) => {
  await page.route("**/learnFrom-*.js", () => {}); // Never answered.
  await openEngine(page);
  await page.evaluate(async (views) => {
    await window.vitrine.observe(views);
    void window.vitrine.train().catch(() => undefined);
  }, VIEWS);
  for (const [method, ...args] of [
    ["pause"],
    ["resume"],
    ["mute", { productId: VIEWS[0]!.productId }],
    ["forget", { productId: VIEWS[1]!.productId }],
    ["setRetention", 30],
    ["erase"],
    ["setConsent", "refused"],
  ] as const) {
    const { error, ms } = await decide(page, method, ...args);
    expect(error, method).toBeUndefined();
    expect(ms, method).toBeLessThan(2000);
  }
  expect(await eventRecords(page)).toBe(0);
  expect((await decide(page, "close")).ms).toBeLessThan(2000);
});

test("a worker that hangs refuses a decision in time, and its successor makes it", async ({
  page,
}) => {
  let served = 0;
  await page.route("**/recommender.worker-*.js", async (route) => {
    const response = await route.fetch();
    const hang = served++ === 0 ? HANG_WHEN_ASKED_FOR_CARDS : "";
    await route.fulfill({ response, body: `${hang}\n${await response.text()}` });
  });
  await openEngine(page);
  await page.evaluate((views) => window.vitrine.observe(views), VIEWS);
  await page.evaluate(() => {
    void window.vitrine.recommend({ strategy: "for-you", limit: 1 }).catch(() => undefined);
  });
  const { error, ms } = await decide(page, "erase");
  expect(error).toMatchObject({ code: "decision-late" });
  expect(error!.message).toContain("Not done yet");
  expect(ms).toBeLessThan(3000); // Two seconds, and what a busy machine adds.
  await expect.poll(() => eventRecords(page), { timeout: 60_000 }).toBe(0);
});

/** Fills the browser's storage with events until no more fits, and opens the next visit. */
async function openFull(page: Page): Promise<number> {
  await page.goto("/catalog.json");
  const session = await page.context().newCDPSession(page);
  const { origin } = new URL(page.url());
  await session.send("Storage.overrideQuotaForOrigin", { origin, quotaSize: 600_000 });
  await openEngine(page);
  await page.evaluate(
    async (ids) => {
      for (let at = Date.now() - 1e7; ; at += 1000) {
        await window.vitrine.observe(
          ids.map((productId, index) => ({ type: "view", productId, at: at + index })),
        );
        if ((await window.vitrine.inspect(1)).status.store === "memory") return;
      }
    },
    catalog.products.slice(0, 100).map(({ id }) => id),
  );
  const stored = await eventRecords(page);
  await openEngine(page);
  expect(await storedEvents(page)).toBe(stored);
  return stored;
}

test("on a full store deleting works, and a choice holds or is said not to be saved", async ({
  page,
}) => {
  const stored = await openFull(page);
  console.log(`full with ${stored} events`);
  for (const [method, ...args] of [["pause"], ["setRetention", 30]] as const) {
    const { error } = await decide(page, method, ...args);
    if (error) expect(error).toMatchObject({ code: "choice-not-saved" });
    if (error) expect(error.message).toMatch(/this visit only.*full/);
  }
  expect(await statusOf(page)).toMatchObject({ recording: { to: "nowhere" }, retentionDays: 30 });

  const { id } = catalog.products[0]!;
  const forgotten = await decide(page, "forget", { productId: id });
  // So many events may take longer than a decision waits; it is then made all the same.
  if (forgotten.error) expect(forgotten.error).toMatchObject({ code: "decision-late" });
  await expect.poll(() => eventRecords(page)).toBeLessThan(stored);
  const { events } = await page.evaluate(() => window.vitrine.inspect(100_000));
  expect(events.length).toBeGreaterThan(0);
  expect(JSON.stringify(events)).not.toContain(`"${id}"`);

  expect((await decide(page, "erase")).error).toBeUndefined();
  expect(await eventRecords(page)).toBe(0);
  await openEngine(page);
  expect(await storedEvents(page)).toBe(0);
});
