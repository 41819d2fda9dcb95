import { expect, type Page } from "playwright/test";
import type { StoredEvent } from "../src/engine/events/shopEvent.ts";
import { reactShop } from "./shops/reactShop.ts";
import { test, watchProblems } from "./support/shopSite.ts";

function storedEvents(page: Page): Promise<StoredEvent[]> {
  return page.evaluate(() =>
    (window as unknown as { storedEvents(): Promise<StoredEvent[]> }).storedEvents(),
  );
}

function titlesOn(page: Page, strategy: string): Promise<string[]> {
  return page.locator(`[data-shelf=${strategy}] li`).allTextContents();
}

test("a React application mounted twice has one recommender, learns, and cleans up after itself", async ({
  page,
  openSite,
}) => {
  const problems = watchProblems(page);
  const shop = await reactShop();
  const { origin } = await openSite(shop);
  await page.goto(origin);
  await expect(page.locator("[data-shelf=for-you] li")).toHaveCount(4);
  const before = await titlesOn(page, "for-you");
  expect(page.workers()).toHaveLength(1);

  const visited = shop.front.slice(0, 3);
  for (const { id } of visited) {
    await page.goto(`${origin}/p/${id}`);
    await expect(page.locator("ol[data-status=ready] li")).toHaveCount(4);
    await expect(page.getByText("Remembered")).toBeVisible();
  }

  await page.goto(origin);
  await expect(page.locator("[data-shelf=trending] li")).toHaveCount(4);
  const after = await titlesOn(page, "for-you");
  expect(after).not.toEqual(before);
  const ofPast = ["You looked at it", ...visited.map(({ title }) => title)];
  expect(after.filter((card) => ofPast.some((text) => card.includes(text)))).not.toEqual([]);
  const products = [...after, ...(await titlesOn(page, "trending"))];
  expect(new Set(products).size).toBe(8);

  const impressions = async () =>
    (await storedEvents(page)).flatMap((event) => (event.type === "impression" ? event : []));
  await expect.poll(async () => (await impressions()).length).toBeGreaterThan(0);
  for (const { shelf, shelfId, productIds, placements } of await impressions()) {
    expect(shelfId).toMatch(new RegExp(`^${shelf}-`));
    expect(placements).toHaveLength(productIds.length);
  }

  await page.getByRole("button", { name: "Leave the shop" }).click();
  await expect.poll(() => page.workers().length).toBe(0);
  expect(problems).toEqual([]);
});
