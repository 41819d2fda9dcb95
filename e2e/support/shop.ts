import { expect, type Locator, type Page } from "playwright/test";
import type { Recommender, Status } from "../../src/engine/recommender.ts";

declare global {
  interface Window {
    /** The shop's recommender, which it exposes for inspection. */
    vitrine: Recommender;
  }
}

/** A page without shelves, so that no impressions are stored. */
export const NO_SHELF = "/glass/proof";

/** Opens a page of the shop and waits until its recommender is ready. */
export async function openShop(page: Page, path = "/"): Promise<void> {
  await page.goto(path);
  await page.waitForFunction(() => window.vitrine !== undefined);
}

/** Views a product and waits until the view is stored. */
export async function look(page: Page, productId: string): Promise<void> {
  const before = await storedEvents(page);
  await openShop(page, `/product/${productId}`);
  await expect.poll(() => storedEvents(page)).toBeGreaterThan(before);
}

/** Opens the home page as a shopper who has viewed these products before. */
export async function returnAfterViewing(page: Page, productIds: string[]): Promise<void> {
  await openShop(page);
  for (const productId of productIds) await look(page, productId);
  await openShop(page);
}

export function storedEvents(page: Page): Promise<number> {
  return page.evaluate(async () => (await window.vitrine.inspect()).status.events);
}

export function statusOf(page: Page): Promise<Status> {
  return page.evaluate(async () => (await window.vitrine.inspect(1)).status);
}

export function shelf(page: Page, name: string): Locator {
  return page.locator(`[data-shelf="${name}"]`);
}

/** Product ids on a shelf, in order, once it shows any. */
export async function cardsOn(page: Page, name: string): Promise<string[]> {
  const cards = shelf(page, name).locator("[data-product-id]");
  await expect(cards.first()).toBeVisible();
  return cards.evaluateAll((elements) =>
    elements.map((card) => card.getAttribute("data-product-id")!),
  );
}
