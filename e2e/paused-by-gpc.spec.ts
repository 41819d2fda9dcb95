import { expect, test } from "playwright/test";
import { catalog } from "./support/demoShop.ts";
import { openEngine } from "./support/engine.ts";
import { statusOf } from "./support/shop.ts";

test("Global Privacy Control starts paused and says why, until one call goes on", async ({
  page,
}) => {
  await page.addInitScript(() =>
    Object.defineProperty(Navigator.prototype, "globalPrivacyControl", { get: () => true }),
  );
  const look = () =>
    page.evaluate(
      (productId) => window.vitrine.observe({ type: "view", productId }),
      catalog.products[0]!.id,
    );
  await openEngine(page);
  await look();
  expect(await statusOf(page)).toMatchObject({
    events: 0,
    recording: { to: "nowhere", because: "global-privacy-control" },
  });
  await page.evaluate(() => window.vitrine.resume());
  await look();
  await openEngine(page);
  expect(await statusOf(page)).toMatchObject({ events: 1, recording: { to: "browser" } });
});
