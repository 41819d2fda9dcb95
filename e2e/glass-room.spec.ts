import { expect, type Page, test } from "playwright/test";
import { catalog } from "./support/demoShop.ts";
import { look, openShop } from "./support/shop.ts";

/** The glass room shows what is so: sums that add up, and leaks that the browser really stopped. */
test("explains itself: the bars add up to the card's score", async ({ page }) => {
  await openShop(page);
  for (const { id } of catalog.products.slice(40, 43)) await look(page, id);
  await openShop(page, "/glass");
  await page.getByRole("radio").nth(2).check({ force: true });
  const numberOf = async (row: string) => {
    const text = await page.locator(`[data-input="${row}"] td`).last().textContent();
    return Number(text);
  };
  const rows = ["average", "coVisitation", "ownHistory", "contentFit", "popularity"];
  let sum = 0;
  for (const row of rows) sum += await numberOf(row);
  // Five figures of two decimals each.
  expect(Math.abs(sum - (await numberOf("total")))).toBeLessThanOrEqual(0.03);
});

test("the drawing changes with the card at hand", async ({ page }) => {
  await openShop(page);
  for (const { id } of catalog.products.slice(40, 43)) await look(page, id);
  await openShop(page, "/glass/network");
  const drawing = page.getByRole("img", { name: /network at work/i });
  const before = await drawing.innerHTML();
  await page.getByRole("radio").last().check({ force: true });
  expect(await drawing.innerHTML()).not.toBe(before);
});

test("the leak button tells the truth", async ({ page, context }) => {
  const asked: string[] = [];
  context.on("request", (request) => {
    if (new URL(request.url()).hostname.endsWith(".leak.invalid")) asked.push(request.url());
  });
  const results = await tryToLeak(page);
  expect(results).toEqual({
    fetch: "blocked",
    beacon: "blocked",
    image: "blocked",
    websocket: "blocked",
    webrtc: "not stopped",
    form: "blocked",
    prefetch: "blocked",
    worker: "blocked",
    sameSite: "not stopped",
  });
  await expect(page.locator('[data-count="others"]')).toHaveText("0");
  expect(asked.filter((url) => url.startsWith("http")).length).toBeLessThanOrEqual(9);
});

test("without the policy the same button says that nothing is stopped", async ({ page }) => {
  await page.route("**/*", async (route) => {
    const url = new URL(route.request().url());
    if (url.hostname.endsWith(".leak.invalid")) return route.abort();
    const response = await route.fetch();
    const headers = response.headers();
    delete headers["content-security-policy"];
    return route.fulfill({ response, headers });
  });
  const results = await tryToLeak(page);
  expect(results.fetch).toBe("not stopped");
  expect(results.image).toBe("not stopped");
  expect(results.worker).toBe("not stopped");
  await expect(page.getByText(/came without a policy/)).toBeVisible();
});

async function tryToLeak(page: Page): Promise<Record<string, string>> {
  await openShop(page, "/glass/proof");
  await page.getByRole("button", { name: "Try to leak" }).click();
  await expect(page.locator('[aria-busy="false"]')).toBeVisible({ timeout: 20_000 });
  const rows = page.locator("[data-leak]");
  return Object.fromEntries(
    await rows.evaluateAll((all) =>
      all.map((row) => [row.getAttribute("data-leak")!, row.getAttribute("data-result")!]),
    ),
  );
}
