import { expect } from "playwright/test";
import { ga4Shop } from "./shops/ga4Shop.ts";
import { plainShop } from "./shops/plainShop.ts";
import { FRONT } from "./shops/shop.ts";
import { cardsOn, shelf, test, viewStored } from "./support/shopSite.ts";

const VISITED = FRONT.slice(0, 3);

for (const shop of [plainShop, ga4Shop]) {
  test(`${shop.name}: with the tag alone, three products lead to personal cards`, async ({
    page,
    openSite,
  }) => {
    const problems: string[] = [];
    page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
    page.on("pageerror", (error) => problems.push(error.message));
    const { origin } = await openSite(shop);
    await page.goto(origin);
    const before = await cardsOn(page, "for-you");

    for (const { id, title } of VISITED) {
      await page.goto(origin);
      await page.getByRole("link", { name: title, exact: true }).first().click();
      await viewStored(page, id);
    }

    await page.goto(origin);
    const after = await cardsOn(page, "for-you");
    expect(after).toHaveLength(4);
    expect(after).not.toEqual(before);
    const reasons = await shelf(page, "for-you").locator("[part=reason]").allTextContents();
    const visits = VISITED.map(({ title }) => title);
    expect(reasons.filter((reason) => visits.some((title) => reason.includes(title)))).not.toEqual(
      [],
    );
    expect(problems).toEqual([]);
  });
}
