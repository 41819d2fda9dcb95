import { expect, type Page, test } from "playwright/test";
import { catalog } from "./support/demoShop.ts";
import { beforeWorker, openEngine } from "./support/engine.ts";
import { VIEWS } from "./support/pastOfAShopper.ts";
import { storedRecords } from "./support/records.ts";
import { statusOf, storedEvents } from "./support/shop.ts";

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
  // The first worker hangs for good once it is asked for cards.
  await beforeWorker(
    page,
     addEventListener("message", ({ data }) => {
       if (data.method === "recommend" && data.args[0].strategy === "new") for (;;); })`,
  );
  await openEngine(page);
  await page.evaluate((views) => window.vitrine.observe(views), VIEWS);
  await page.evaluate(() => {
    void window.vitrine.recommend({ strategy: "new", limit: 1 }).catch(() => undefined);
  });
  const { error, ms } = await decide(page, "erase");
  expect(error).toMatchObject({ code: "decision-late" });
  expect(error!.message).toContain("Not done yet");
  expect(ms).toBeLessThan(3000); // Two seconds, and what a busy machine adds.
  await expect.poll(() => eventRecords(page), { timeout: 60_000 }).toBe(0);
});

test.describe("on a full store", () => {
  /** Fills the browser's storage with events until no more fits, and opens the next visit. */
  async function openFull(page: Page): Promise<number> {
    await openEngine(page);
    const session = await page.context().newCDPSession(page);
    const origin = new URL(page.url()).origin;
    await session.send("Storage.overrideQuotaForOrigin", { origin, quotaSize: 600_000 });
    const ids = catalog.products.map(({ id }) => id);
    await page.evaluate(async (productIds) => {
      for (let at = Date.now() - 1e7; ; at += 1000) {
        const views = productIds
          .slice(0, 100)
          .map((productId, index) => ({ type: "view" as const, productId, at: at + index }));
        await window.vitrine.observe(views);
        if ((await window.vitrine.inspect(1)).status.store === "memory") return;
      }
    }, ids);
    const stored = await eventRecords(page);
    expect(stored).toBeGreaterThan(100);
    await openEngine(page);
    expect(await storedEvents(page)).toBe(stored);
    return stored;
  }

  test("erase deletes every event", async ({ page }) => {
    await openFull(page);
    expect((await decide(page, "erase")).error).toBeUndefined();
    expect(await eventRecords(page)).toBe(0);
    await openEngine(page);
    expect(await storedEvents(page)).toBe(0);
  });

  test("forget deletes what it names", async ({ page }) => {
    const stored = await openFull(page);
    const [{ id }] = catalog.products as [{ id: string }];
    expect((await decide(page, "forget", { productId: id })).error).toBeUndefined();
    expect(await eventRecords(page)).toBeLessThan(stored);
    await openEngine(page);
    const { events } = await page.evaluate(() => window.vitrine.inspect(10_000));
    expect(JSON.stringify(events)).not.toContain(`"${id}"`);
  });

  test("a choice holds for the visit, or is saved; what is not saved is said", async ({ page }) => {
    await openFull(page);
    for (const [method, ...args] of [["pause"], ["setRetention", 7], ["setConsent", "refused"]]) {
      const { error } = await decide(page, method as string, ...args);
      if (error) expect(error).toMatchObject({ code: "choice-not-saved" });
      if (error) expect(error.message).toMatch(/this visit only.*full/);
      const status = await statusOf(page);
      expect(status.recording.to).toBe("nowhere");
      if (method !== "pause") expect(status.retentionDays).toBe(7);
    }
    expect((await statusOf(page)).consent).toBe("refused");
    expect(await eventRecords(page)).toBe(0);
  });
});
