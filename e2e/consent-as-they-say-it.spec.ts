import { expect, type Page } from "playwright/test";
import type { PageReport } from "../src/capture/capturePage.ts";
import type { VitrineApi } from "../src/widget/vitrineApi.ts";
import { frameHost } from "./shops/frameHost.ts";
import { ga4Shop } from "./shops/ga4Shop.ts";
import { FRONT } from "./shops/shop.ts";
import { cardsOn, statusOf, storedEvents, test, viewStored } from "./support/shopSite.ts";

type Signals = Record<string, string | string[]>;
type Step = ["default" | "update", Signals];

const FOUR = ["ad_storage", "ad_user_data", "ad_personalization", "analytics_storage"];
const SEVEN = [...FOUR, "personalization_storage", "functionality_storage", "security_storage"];
const every = (names: string[], value: string): Signals =>
  Object.fromEntries(names.map((name) => [name, value]));

const DENIED: Step = ["default", every(FOUR, "denied")];
const GRANTED: Step = ["default", every(SEVEN, "granted")];
const YES: Step = ["update", every(FOUR, "granted")];
const NO: Step = ["update", every(FOUR, "denied")];
const [FIRST, SECOND, THIRD] = FRONT.map(({ id }) => id) as [string, string, string];

/** Every page pushes the steps of its address before its own scripts run. */
async function letPagesSay(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const said = new URLSearchParams(location.search).get("say") ?? "[]";
    const layer: unknown[] = [];
    function gtag(..._: unknown[]): void {
      // biome-ignore lint/complexity/noArguments: gtag pushes exactly this
      layer.push(arguments);
    }
    Object.assign(window, { dataLayer: layer });
    for (const [command, signals] of JSON.parse(said)) gtag("consent", command, signals);
  });
}

function addressOf(id: string, ...steps: Step[]): string {
  return `/p/${id}?say=${encodeURIComponent(JSON.stringify(steps))}`;
}

/** What a banner says once the page is there. */
async function say(page: Page, ...steps: Step[]): Promise<void> {
  await page.evaluate((steps) => {
    const { gtag } = window as unknown as { gtag(...args: unknown[]): void };
    for (const [command, signals] of steps) gtag("consent", command, signals);
  }, steps);
}

const databases = (page: Page) => page.evaluate(async () => (await indexedDB.databases()).length);
const recordingOf = async (page: Page) => (await statusOf(page)).recording;

async function viewsOn(page: Page): Promise<string[]> {
  const events = await storedEvents(page);
  return events.flatMap((event) => (event.type === "view" ? [event.productId] : [])).sort();
}

async function heardOn(page: Page): Promise<PageReport["consent"]> {
  return page.evaluate(() => {
    const { vitrine } = window as unknown as { vitrine: VitrineApi };
    return vitrine.report()!.consent;
  });
}

const WAITS = { to: "memory", because: "consent-awaited" };
const REFUSED = { to: "nowhere", because: "consent-refused" };

test("Google's own snippet of four signals waits, and its update is an answer", async ({
  page,
  openSite,
}) => {
  await letPagesSay(page);
  const { origin } = await openSite(ga4Shop);
  await page.goto(origin + addressOf(FIRST, DENIED));
  await viewStored(page, FIRST);
  expect([await recordingOf(page), await databases(page)]).toEqual([WAITS, 0]);
  expect(await heardOn(page)).toMatchObject({
    heard: { "Google consent mode": { recommendations: "default-no", offers: "default-no" } },
    recommendations: "default-no",
  });
  await say(page, NO);
  await expect.poll(() => recordingOf(page)).toEqual(REFUSED);
  expect([await viewsOn(page), await databases(page)]).toEqual([[], 0]);
  await say(page, YES);
  await expect.poll(() => recordingOf(page)).toEqual({ to: "browser" });
});

test("the strictest default of all regions counts, whatever their order", async ({
  page,
  openSite,
}) => {
  await letPagesSay(page);
  const { origin } = await openSite(ga4Shop);
  const regional: Step = ["default", { ...every(SEVEN, "denied"), region: ["DE", "FR", "IT"] }];
  for (const steps of [
    [regional, GRANTED],
    [GRANTED, regional],
  ]) {
    await page.goto(origin + addressOf(FIRST, ...steps));
    await viewStored(page, FIRST);
    expect([await recordingOf(page), await databases(page)]).toEqual([WAITS, 0]);
  }
  await page.goto(origin + addressOf(FIRST, GRANTED));
  await viewStored(page, FIRST);
  expect(await recordingOf(page)).toEqual({ to: "browser" });
});

test("a shopper who says yes on each page keeps the past, though the banner comes late", async ({
  page,
  openSite,
}) => {
  await letPagesSay(page);
  const { origin } = await openSite(ga4Shop);
  for (const id of [FIRST, SECOND, THIRD]) {
    await page.goto(origin + addressOf(id));
    await viewStored(page, id);
    await say(page, DENIED);
    await expect.poll(() => recordingOf(page)).toEqual(WAITS);
    await say(page, YES);
    await expect.poll(() => recordingOf(page)).toEqual({ to: "browser" });
  }
  expect(await viewsOn(page)).toEqual([FIRST, SECOND, THIRD].sort());
});

test("an earlier yes waits while a page only denies by default; its no erases", async ({
  page,
  openSite,
}) => {
  await letPagesSay(page);
  const { origin } = await openSite(ga4Shop);
  await page.goto(origin + addressOf(FIRST, DENIED, YES));
  await viewStored(page, FIRST);
  await page.goto(origin + addressOf(SECOND, DENIED));
  await viewStored(page, SECOND);
  expect(await recordingOf(page)).toEqual(WAITS);
  expect(await viewsOn(page)).toEqual([SECOND]);
  // The answer may also come before the default.
  await page.goto(origin + addressOf(THIRD, YES, DENIED));
  await viewStored(page, THIRD);
  expect(await recordingOf(page)).toEqual({ to: "browser" });
  expect(await viewsOn(page)).toEqual([FIRST, THIRD].sort());
  await page.goto(origin + addressOf(SECOND, DENIED, NO));
  await expect.poll(() => recordingOf(page)).toEqual(REFUSED);
  await page.goto(origin + addressOf(THIRD, DENIED, YES));
  await viewStored(page, THIRD);
  expect(await viewsOn(page)).toEqual([THIRD]);
});

test("a default that grants does not lift an earlier no; an explicit yes does", async ({
  page,
  openSite,
}) => {
  await letPagesSay(page);
  const { origin } = await openSite(ga4Shop);
  await page.goto(origin + addressOf(FIRST, DENIED, YES));
  await viewStored(page, FIRST);
  await say(page, NO);
  await expect.poll(() => recordingOf(page)).toEqual(REFUSED);
  for (const steps of [[GRANTED], [DENIED, GRANTED], []]) {
    await page.goto(origin + addressOf(SECOND, ...steps));
    await cardsOn(page, "related");
    expect(await recordingOf(page)).toEqual(REFUSED);
  }
  await page.goto(origin + addressOf(SECOND, DENIED, YES));
  await viewStored(page, SECOND);
  expect([await recordingOf(page), await viewsOn(page)]).toEqual([{ to: "browser" }, [SECOND]]);
});

/** A banner that speaks through two frameworks: what the shopper answered is a choice in each. */
function installTwo(): void {
  const listeners: ((data: object, isGood: boolean) => void)[] = [];
  Object.assign(window, {
    Cookiebot: {
      hasResponse: true,
      consent: { method: "explicit", preferences: true, marketing: true },
    },
    __tcfapi: (command: string, _: number, listener: () => void) => {
      if (command === "addEventListener") listeners.push(listener);
    },
    answerTcf: (consents: object) => {
      const data = { gdprApplies: true, eventStatus: "useractioncomplete", purpose: { consents } };
      for (const listener of listeners) listener(data, true);
    },
  });
}

test("a no in one framework outweighs a yes in another, until it also says yes", async ({
  page,
  openSite,
}) => {
  await page.addInitScript(installTwo);
  const { origin, requests } = await openSite(ga4Shop);
  await page.goto(`${origin}/p/${FIRST}`);
  await viewStored(page, FIRST);
  expect(await recordingOf(page)).toEqual({ to: "browser" });
  const answer = (consents: Record<number, boolean>) =>
    page.evaluate((consents) => {
      (window as unknown as { answerTcf(consents: object): void }).answerTcf(consents);
    }, consents);
  await answer({ 1: true });
  await expect.poll(() => recordingOf(page)).toEqual(REFUSED);
  expect(await heardOn(page)).toMatchObject({
    heard: {
      Cookiebot: { recommendations: "yes", offers: "yes" },
      TCF: { recommendations: "no", offers: "no" },
    },
    recommendations: "no",
    offers: "no",
  });
  await answer({ 1: true, 5: true, 6: true });
  await expect.poll(() => recordingOf(page)).toEqual({ to: "browser" });
  const offers = (await statusOf(page)).offersConsent;
  expect(offers).toBe("refused");
  expect(requests.filter((path) => path.includes("/consentFrameworks-"))).toHaveLength(1);
});

/** Cookiebot, whose banner is open until `answerCookiebot` is called. */
function installCookiebot(): void {
  const consent = { method: null as string | null, preferences: false, marketing: false };
  const Cookiebot = { hasResponse: false, consent };
  Object.assign(window, {
    Cookiebot,
    answerCookiebot: (isAccepted: boolean) => {
      Cookiebot.hasResponse = true;
      Object.assign(consent, {
        method: "explicit",
        preferences: isAccepted,
        marketing: isAccepted,
      });
      dispatchEvent(new Event(isAccepted ? "CookiebotOnAccept" : "CookiebotOnDecline"));
    },
  });
}

async function answerCookiebot(page: Page, isAccepted: boolean): Promise<void> {
  await page.evaluate((isAccepted) => {
    const own = window as unknown as { answerCookiebot(isAccepted: boolean): void };
    own.answerCookiebot(isAccepted);
  }, isAccepted);
}

test("where the reader does not load, events wait, whatever yes another framework says", async ({
  page,
  openSite,
}) => {
  await letPagesSay(page);
  await page.addInitScript(installCookiebot);
  await page.route("**/consentFrameworks-*.js", (route) => route.abort());
  const { origin } = await openSite(ga4Shop);
  await page.goto(origin + addressOf(FIRST, YES));
  await viewStored(page, FIRST);
  expect([await recordingOf(page), await databases(page)]).toEqual([WAITS, 0]);
  const heard = await heardOn(page);
  expect(heard.heard["Google consent mode"]).toEqual({ recommendations: "yes", offers: "yes" });
  expect(heard.follows).toContain("wait in memory");
  expect(heard.failure).toContain("consentFrameworks");
});

test("a page without another framework loads no reader of any", async ({ page, openSite }) => {
  await letPagesSay(page);
  const { origin, requests } = await openSite(ga4Shop);
  await page.goto(origin + addressOf(FIRST, DENIED, YES));
  await viewStored(page, FIRST);
  expect(requests.filter((path) => path.includes("onsentFrameworks"))).toEqual([]);
});

test("in a frame of another origin, the page's frameworks decide about the frame's past", async ({
  page,
  openSite,
}) => {
  let shops = "";
  const host = await openSite(frameHost(ga4Shop, () => shops));
  const attributes = `data-frame="${host.origin}/frame.html"`;
  const { origin } = await openSite(ga4Shop, { attributes });
  shops = origin;
  await page.addInitScript(`if (window === window.parent) (${installCookiebot})()`);
  const inFrame = () => page.frames().find((one) => one.url().startsWith(host.origin))!;
  const stored = () => inFrame().evaluate(async () => (await indexedDB.databases()).length);

  await page.goto(`${origin}/p/${FIRST}`);
  await cardsOn(page, "related");
  expect(await heardOn(page)).toMatchObject({
    heard: { Cookiebot: { recommendations: "default-no", offers: "default-no" } },
  });
  expect(await stored()).toBe(0);
  await answerCookiebot(page, true);
  await expect.poll(stored).toBeGreaterThan(0);
});
