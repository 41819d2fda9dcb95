import { expect, test } from "playwright/test";
import { catalog } from "./support/demoShop.ts";
import { cardsOn, openShop, shelf } from "./support/shop.ts";

const departmentOf = (id: string) => catalog.products[catalog.rowOf(id)!]!.categoryPath[0];

test("stated interests come first, at once and on the next visit, until removed", async ({
  page,
  context,
}) => {
  await context.route("**/pictures/**", (route) => route.abort());
  await openShop(page);
  const choices = page.getByRole("toolbar", { name: "What do you like?" });
  await choices.getByRole("button", { name: "Coffee & Tea" }).click();
  const departments = async () => (await cardsOn(page, "for-you")).slice(0, 4).map(departmentOf);
  await expect.poll(departments).toEqual(Array(4).fill("Coffee & Tea"));
  await expect(shelf(page, "for-you").getByText("You like Coffee & Tea").first()).toBeVisible();

  await openShop(page);
  await expect.poll(departments).toEqual(Array(4).fill("Coffee & Tea"));
  const chosen = choices.getByRole("button", { name: "Coffee & Tea" });
  await expect(chosen).toHaveAttribute("aria-pressed", "true");
  await chosen.click();
  await expect.poll(departments).not.toEqual(Array(4).fill("Coffee & Tea"));
  await expect(shelf(page, "for-you").getByText(/^You like/)).toHaveCount(0);
  expect(await page.evaluate(() => localStorage.getItem("vitrine.interests"))).toBe("[]");
});
