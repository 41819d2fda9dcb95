import { expect } from "playwright/test";
import type { VitrineApi } from "../src/widget/vitrineApi.ts";
import { wooShop } from "./shops/wooShop.ts";
import { storedEvents, test } from "./support/shopSite.ts";

test("reloading a thank-you page does not count its order again", async ({ page, openSite }) => {
  const { origin } = await openSite(wooShop);
  for (const _visit of ["after paying", "to look at the order number"]) {
    await page.goto(`${origin}/checkout/order-received/1001/`);
    await page.waitForFunction(() => {
      const { vitrine } = window as { vitrine?: Partial<VitrineApi> };
      return vitrine?.report?.()?.events["data-layer"] === 1;
    });
  }
  const orders = (await storedEvents(page)).filter(({ type }) => type === "purchase");
  expect(orders).toMatchObject([{ orderId: "1001", items: [{ quantity: 1 }] }]);
});
