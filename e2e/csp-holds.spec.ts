import { expect, test } from "playwright/test";
import { catalog } from "./support/demoShop.ts";
import { openShop } from "./support/shop.ts";

const PAGES = [
  "/",
  "/cart",
  "/orders",
  "/wishlist",
  "/glass/data",
  "/glass",
  "/glass/network",
  "/glass/value",
  "/glass/card",
];

test("every response carries the policy, including the worker's script", async ({
  page,
  baseURL,
}) => {
  const without: string[] = [];
  const worker: string[] = [];
  page.on("response", (response) => {
    if (!response.url().startsWith(baseURL!)) return;
    const policy = response.headers()["content-security-policy"] ?? "";
    if (!policy.startsWith("default-src 'none'")) without.push(response.url());
    if (response.url().includes("recommender.worker")) worker.push(policy);
  });
  await openShop(page);
  await expect.poll(() => worker.length).toBeGreaterThan(0);
  expect(without).toEqual([]);
});

test("no page of the shop violates the policy", async ({ page }) => {
  test.slow(); // Nine pages.
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI }) =>
      console.error(`broken: ${effectiveDirective} ${blockedURI}`),
    );
  });
  const broken: string[] = [];
  page.on("console", (message) => {
    if (/broken:|Content Security Policy|Trusted/.test(message.text())) broken.push(message.text());
  });
  for (const path of [...PAGES, `/product/${catalog.products[0]!.id}`]) await openShop(page, path);
  const report = await page.evaluate(async () => (await window.vitrine.inspect(1)).status.thread);
  expect(report).toBe("worker");
  expect(broken).toEqual([]);
});

test("text never becomes markup, and another site's script never becomes a worker", async ({
  page,
}) => {
  await openShop(page);
  const refused = await page.evaluate(async () => {
    // The policy exempts code run by the debugger, but not code run by a timer.
    await new Promise((resolve) => setTimeout(resolve));
    const tries = [
      () => Object.assign(document.createElement("div"), { innerHTML: "<b>x</b>" }),
      () => new Worker("https://evil.invalid/w.js"),
      () => new Function("return 1"),
    ];
    return tries.map((attempt) => {
      try {
        attempt();
        return "allowed";
      } catch (error) {
        return (error as Error).name;
      }
    });
  });
  expect(refused).toEqual(["TypeError", "TypeError", "EvalError"]);
});
