import { expect, type Page, test } from "playwright/test";
import { openShop } from "./support/shop.ts";

/** Every method is really tried, and the page shows what the browser did. */
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

test("without the policy the same button reports that nothing is blocked", async ({ page }) => {
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

test("the counter lists every request, including the worker's", async ({ page }) => {
  const asked = new Set<string>();
  page.on("request", (request) => asked.add(request.url()));
  await openShop(page, "/glass/proof");
  await expect(page.locator('[data-count="worker"]')).not.toHaveText("0");
  await page.getByText(/^All \d+, newest first/).click();
  const counted = () =>
    page
      .locator("[data-request]")
      .evaluateAll((rows) => rows.map((row) => row.getAttribute("data-request")!));
  for (const url of [...asked].filter(isHttp)) {
    await expect.poll(counted, { message: url }).toContain(url);
  }
});

/** Without `blob:` and `data:`, which are not requests. */
function isHttp(url: string): boolean {
  return url.startsWith("http");
}
