import { expect, type Page } from "playwright/test";
import { plainShop } from "./shops/plainShop.ts";
import { FRONT, type Shop } from "./shops/shop.ts";
import { cardsOn, shelf, test } from "./support/shopSite.ts";

/** Another script of the shop's page, which speaks the frame's protocol itself. */
interface Attack {
  call(
    method: string,
    ...args: unknown[]
  ): Promise<{ value?: unknown; error?: { message: string } }>;
}
type AttackWindow = Window & { attack: Attack };

/** Opens a frame of its own on the page, greets it, and keeps the port. */
async function openAttack(page: Page, address: string): Promise<void> {
  await page.evaluate(async (src) => {
    const frame = document.createElement("iframe");
    frame.src = src;
    await new Promise((resolve) => {
      frame.onload = resolve;
      document.body.append(frame);
    });
    const { port1, port2 } = new MessageChannel();
    const hello = { vitrine: 1, type: "hello", consent: "auto" };
    const ready = new Promise((resolve) => {
      port1.onmessage = resolve;
    });
    frame.contentWindow!.postMessage(hello, new URL(src).origin, [port2]);
    await ready;
    const waiting = new Map<number, (reply: object) => void>();
    port1.onmessage = ({ data }) => waiting.get(data.id)?.(data);
    let calls = 0;
    const call: Attack["call"] = (method, ...args) =>
      new Promise((resolve) => {
        waiting.set(++calls, resolve);
        port1.postMessage({ id: calls, method, args });
      });
    (window as unknown as AttackWindow).attack = { call };
  }, address);
}

const attack = (page: Page, method: string, ...args: unknown[]) =>
  page.evaluate(
    ([name, given]) => (window as unknown as AttackWindow).attack.call(name, ...given),
    [method, args] as const,
  );

function frameShop(shops: () => string, attributes = ""): Shop {
  return {
    ...plainShop,
    page: (path, { base }) =>
      path === "/frame.html"
        ? `<!doctype html><html data-shops="${shops()}" data-catalog="/catalog.json" data-pack="/pack.bin" ${attributes}>
           <script type="module" src="${base}/vitrine-frame.js"></script></html>`
        : undefined,
  };
}

/** What would tell visits, purchases, or numbers from which the weights follow. */
const TELLING =
  /"(acts|visits|looks|purchases|because|inputs|score|logOdds|outcomes|contributions|uncertainty|propensity|team|averageLogOdds)"/;

const viewed = FRONT.slice(0, 3);

test("a script of the shop's page that opens a frame of its own gets cards, but not the past", async ({
  page,
  openSite,
}) => {
  let shops = "";
  const { origin: frameOrigin } = await openSite(frameShop(() => shops));
  const address = `${frameOrigin}/frame.html`;
  const { origin } = await openSite(plainShop, { attributes: `data-frame="${address}"` });
  shops = origin;
  for (const { id } of viewed) {
    await page.goto(`${origin}/products/${id}.html`);
    await cardsOn(page, "related"); // Shown after the view was stored.
  }
  await page.goto(origin);
  await cardsOn(page, "for-you");
  // Personal, but no reason names a product.
  const reasons = await shelf(page, "for-you").locator("[part=reason]").allTextContents();
  expect(reasons.length).toBeGreaterThan(0);
  for (const { title } of FRONT) expect(reasons.join("\n")).not.toContain(title);
  await expect(shelf(page, "recently-viewed").locator("[data-product-id]")).toHaveCount(0);

  await openAttack(page, address);
  const ids = FRONT.map(({ id }) => id);
  for (const request of [
    { strategy: "recently-viewed", limit: 200 },
    { strategy: "because-you-viewed", limit: 200 },
    { strategy: "buy-again", limit: 200 },
    { strategy: "for-you", limit: 200, among: ids },
    { strategy: "for-you", limit: 200, outlook: true },
    { strategy: "for-you", limit: 200, personalization: 0.31 },
    { strategy: "for-you", limit: 200, minScore: 0.5 },
    { strategy: "for-you", limit: 200, at: 0 },
  ]) {
    const reply = await attack(page, "recommend", request);
    expect(reply.value, JSON.stringify(request)).toBeUndefined();
    expect(reply.error?.message).toContain("expected");
  }
  for (const strategy of ["for-you", "related", "bought-together", "trending", "new", "on-sale"]) {
    const reply = await attack(page, "recommend", { strategy, limit: 200, productId: ids[0] });
    expect(reply.value).toBeDefined();
    expect(JSON.stringify(reply)).not.toMatch(TELLING);
    expect(JSON.stringify(reply)).not.toContain("ownHistory");
  }
  for (const method of ["inspect", "exportFile", "exportNetwork", "why", "train", "forget"]) {
    // Not a call: it is not even answered. The next one is.
    await page.evaluate((name) => {
      void (window as unknown as AttackWindow).attack.call(name);
    }, method);
  }
  expect((await attack(page, "products", [ids[0]])).value).toHaveLength(1);
  expect((await attack(page, "products", 5)).error?.message).toContain('"ids"');
});

test("the rate of a script's requests is bounded, however many frames it opens", async ({
  page,
  openSite,
}) => {
  let shops = "";
  const { origin: frameOrigin } = await openSite(frameShop(() => shops));
  const { origin } = await openSite({
    ...plainShop,
    page: () => "<!doctype html><title>Shop</title>",
  });
  shops = origin;
  await page.goto(origin);
  const answered = () =>
    page.evaluate(async () => {
      const { call } = (window as unknown as AttackWindow).attack;
      const ask = () => call("recommend", { strategy: "for-you", limit: 4 });
      const replies = await Promise.all(Array.from({ length: 300 }, ask));
      return replies.filter(({ value }) => value !== undefined).length;
    });
  await openAttack(page, `${frameOrigin}/frame.html`);
  const first = await answered();
  expect(first).toBeGreaterThanOrEqual(120);
  expect(first).toBeLessThan(200);
  await openAttack(page, `${frameOrigin}/frame.html`);
  expect(await answered()).toBeLessThan(100); // Only what a few seconds have earned.
});

test("the frame's own page can allow a shelf of the past, and no one else can", async ({
  page,
  openSite,
}) => {
  let shops = "";
  const frame = frameShop(() => shops, 'data-allow="recently-viewed"');
  const { origin: frameOrigin } = await openSite(frame);
  const attributes = `data-frame="${frameOrigin}/frame.html" data-allow="buy-again among"`;
  const { origin } = await openSite(plainShop, { attributes });
  shops = origin;
  const { id } = viewed[0]!;
  await page.goto(`${origin}/products/${id}.html`);
  await cardsOn(page, "related");
  await openAttack(page, `${frameOrigin}/frame.html`);
  const recent = await attack(page, "recommend", { strategy: "recently-viewed", limit: 9 });
  expect(JSON.stringify(recent)).toContain(id);
  expect(JSON.stringify(recent)).not.toMatch(TELLING);
  const again = await attack(page, "recommend", { strategy: "buy-again", limit: 9 });
  expect(again.error?.message).toContain("strategy");
});
