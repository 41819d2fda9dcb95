import { readFileSync } from "node:fs";
import { expect, type Page, test } from "playwright/test";
import { catalog } from "./support/demoShop.ts";
import { NO_SHELF, openShop, statusOf } from "./support/shop.ts";

// Four products from each of two departments, no two of them variants.
const SHOES = productsOf("Running & Fitness");
const COFFEE = productsOf("Coffee & Tea");
const PASSPHRASE = "a fox in the fog";

function productsOf(department: string) {
  return catalog.products
    .filter(({ categoryPath, groupId }) => categoryPath[0] === department && groupId === undefined)
    .slice(0, 4);
}

async function openWithPast(page: Page): Promise<void> {
  await page.route("**/pictures/**", (route) => route.abort());
  await openShop(page, NO_SHELF);
  await page.evaluate(
    async (views) => {
      localStorage.setItem("vitrine.interests", '[{"kind":"brand","name":"Pacewell"}]');
      await window.vitrine.observe(views);
      await window.vitrine.settled();
    },
    [...SHOES, ...COFFEE].map(({ id }) => ({ type: "view" as const, productId: id })),
  );
  await openShop(page, "/glass/data");
}

/** Waits until the page says that the network was retrained without the removed events. */
const relearned = (page: Page, press: () => Promise<void>) =>
  test.step("relearned", async () => {
    const before = (await statusOf(page)).relearning?.since ?? 0;
    await press();
    await expect.poll(async () => (await statusOf(page)).relearning?.since).toBeGreaterThan(before);
    await expect(page.locator('[data-relearning="done"]')).toContainText("Done at");
  });

test("stored data can be listed, filtered, ignored, deleted, exported and imported", async ({
  page,
}) => {
  await openWithPast(page);
  const rows = page.locator("[data-seq]");
  await expect(rows).toHaveCount(8);
  await page.getByRole("searchbox", { name: /product, brand/i }).fill(SHOES[0]!.title);
  await expect(rows).toHaveCount(1);
  await page.getByRole("searchbox", { name: /product, brand/i }).clear();

  await relearned(page, () => page.getByRole("button", { name: "Ignore Coffee & Tea" }).click());
  await expect(page.getByRole("meter", { name: "Coffee & Tea" })).toHaveCount(0);
  await expect(rows).toHaveCount(8);
  const viewed = () =>
    page.evaluate(async () => {
      const shelf = await window.vitrine.recommend({ strategy: "recently-viewed", limit: 20 });
      return shelf.cards.map(({ productId }) => productId);
    });
  expect((await viewed()).sort()).toEqual(SHOES.map(({ id }) => id).sort());
  await page.getByRole("button", { name: "Stop ignoring Coffee & Tea" }).click();
  await expect(page.getByRole("meter", { name: "Coffee & Tea" })).toHaveCount(1);

  const first = rows.filter({ hasText: SHOES[0]!.title });
  await relearned(page, async () => {
    await first.getByRole("button", { name: /^Delete/ }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Delete" }).click();
  });
  await expect(rows).toHaveCount(7);
  await expect(page.getByText(SHOES[0]!.title)).toHaveCount(0);

  const liked = page.getByRole("region", { name: "What the shop itself keeps for you" });
  await expect(liked).toContainText("Pacewell");
  await page.getByLabel(/^Passphrase \(at least 8/).fill(PASSPHRASE);
  const saving = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save the file" }).click();
  const file = readFileSync(await (await saving).path());
  expect(JSON.parse(file.toString())).toMatchObject({ format: "vitrine-export", version: 2 });
  expect(file.toString()).not.toContain(COFFEE[0]!.id);

  await page.getByRole("button", { name: "Erase everything" }).click();
  await page.getByRole("button", { name: "Yes, erase" }).click();
  await expect(page.getByText("No events are stored.")).toBeVisible();
  expect((await statusOf(page)).events).toBe(0);
  expect(
    await page.evaluate(() => [...Object.keys(localStorage), ...Object.keys(sessionStorage)]),
  ).toEqual([]);
  await expect(liked).toContainText("nothing");

  await page.getByLabel("File", { exact: true }).setInputFiles({
    name: "vitrine.json",
    mimeType: "application/json",
    buffer: file,
  });
  await page.getByLabel("Passphrase, if it has one").fill("another fox");
  await page.getByRole("button", { name: "Read the file" }).click();
  await expect(page.getByText("Nothing was changed. The passphrase is wrong")).toBeVisible();
  await page.getByLabel("Passphrase, if it has one").fill(PASSPHRASE);
  await page.getByRole("button", { name: "Read the file" }).click();
  await expect(page.getByText("7 events imported.")).toBeVisible();
  await expect(rows).toHaveCount(7);
  await expect(liked).toContainText("Pacewell");
});

test("the page explains the storage in plain words and applies the shopper's retention", async ({
  page,
}) => {
  await openWithPast(page);
  await page.evaluate(
    (productId) =>
      window.vitrine.observe({ type: "view", productId, at: Date.now() - 30 * 86_400_000 }),
    SHOES[0]!.id,
  );
  const storage = page.getByRole("region", { name: "How and for how long it is kept" });
  await expect(storage.getByText(/encrypted on disk/)).toBeVisible();
  await expect(storage.getByText(/when this device runs low on space/)).toBeVisible();
  await expect(storage.getByRole("row", { name: /IndexedDB/ })).toContainText("yes");
  await expect(page.locator("[data-seq]")).toHaveCount(9);
  await page.getByLabel("Automatically delete events after").fill("14");
  await page.getByRole("button", { name: "Set" }).click();
  await expect(page.locator("[data-seq]")).toHaveCount(8);
  expect((await statusOf(page)).retentionDays).toBe(14);
});

test("a taste card is made, shown byte by byte, and saved to a file", async ({ page }) => {
  await openWithPast(page);
  await page.getByRole("link", { name: "Taste card" }).click();
  await page.getByRole("radio", { name: "8", exact: true }).check();
  await page.getByRole("button", { name: "Make a card" }).click();
  const shown = page.locator("[data-taste-card]");
  // Version 1, three favorites, ε = 8.00 as 800 = 0x0320, the shop's hash, two bytes of departments.
  await expect(shown).toHaveText(/^VITRINE-TASTE:01032003[0-9A-F]{8}[0-9A-F]{4}$/);
  const modules = page.getByRole("img", { name: "Your card as a QR code" }).locator("path");
  await expect(modules).toHaveAttribute("d", /^M4 4h1v1h-1z/); // The corner of a finder pattern.
  const saving = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save as a file" }).click();
  expect(readFileSync(await (await saving).path(), "utf8")).toBe(await shown.textContent());
  await page.getByRole("button", { name: "Make a card" }).click();
  await expect(page.getByText("together they have ε = 16")).toBeVisible();
});
