import { describe, expect, it } from "vitest";
import { view } from "../../testing/fixtures.ts";
import { close, open, statusOf } from "../../testing/openRecommender.ts";
import type { ConsentAnswer, ConsentMode, PrivacyChoices } from "../events/consent.ts";
import { openEventStore } from "./indexedDbStore.ts";

/** What an earlier visit left. */
type Earlier = "nothing" | "yes" | "no";

/** What the page says, as the tag reports it: how the visit begins, and the commands that follow. */
interface Page {
  consent: ConsentMode;
  commands: ConsentAnswer[];
}

const NO_DEFAULT: ConsentAnswer = { recommendations: "refused", isDefault: true };
const YES_DEFAULT: ConsentAnswer = { recommendations: "granted", isDefault: true };
const YES: ConsentAnswer = { recommendations: "granted" };
const NO: ConsentAnswer = { recommendations: "refused" };

const PAGES: Record<string, Page[]> = {
  waiting: [
    { consent: "asking", commands: [] },
    { consent: "asking", commands: [NO_DEFAULT] },
    { consent: "asking", commands: [YES_DEFAULT, NO_DEFAULT] },
  ],
  no: [
    { consent: "asking", commands: [NO] },
    { consent: "asking", commands: [NO_DEFAULT, NO] },
    { consent: "asking", commands: [NO, YES_DEFAULT] },
    { consent: "auto", commands: [YES_DEFAULT, NO] },
    { consent: "auto", commands: [YES, NO, YES_DEFAULT] },
  ],
  "default yes": [
    { consent: "asking", commands: [YES_DEFAULT] },
    { consent: "auto", commands: [YES_DEFAULT] },
    { consent: "required", commands: [YES_DEFAULT] },
    { consent: "asking", commands: [NO_DEFAULT, YES_DEFAULT] },
  ],
  yes: [
    { consent: "asking", commands: [YES] },
    { consent: "auto", commands: [NO_DEFAULT, YES] },
    { consent: "asking", commands: [YES, NO_DEFAULT] },
    { consent: "auto", commands: [YES, NO_DEFAULT, YES_DEFAULT, NO_DEFAULT] },
  ],
  "no framework, auto": [{ consent: "auto", commands: [] }],
  "no framework, required": [{ consent: "required", commands: [] }],
};

interface Outcome {
  /** Where this visit's events go. */
  to: string;
  because: string | undefined;
  /** Views in use: one of the earlier visit (`k1`), one before the page speaks, one after it has. */
  used: string[];
  /** Views in the database. */
  stored: string[];
}

const WAITS = { to: "memory", because: "consent-awaited" };
const REFUSED = { to: "nowhere", because: "consent-refused", used: [], stored: [] };
const STORES = { to: "browser", because: undefined };
const here = (...ids: string[]) => ({ ...STORES, used: ids, stored: ids });
const waiting = (used: string[], stored: string[]) => ({ ...WAITS, used, stored });

/** The 15 cells, each for every way to say it; `before` is what the visit saw before the page spoke. */
const CELLS: [page: string, earlier: Earlier, outcome: Outcome][] = [
  ["waiting", "nothing", waiting(["k3"], [])],
  ["waiting", "yes", waiting(["k3"], ["k1"])],
  ["waiting", "no", REFUSED],
  ["no", "nothing", REFUSED],
  ["no", "yes", REFUSED],
  ["no", "no", REFUSED],
  ["default yes", "nothing", here("k3")],
  ["default yes", "yes", here("k1", "k3")],
  ["default yes", "no", REFUSED],
  ["yes", "nothing", here("k3")],
  ["yes", "yes", here("k1", "k3")],
  ["yes", "no", here("k3")],
  ["no framework, auto", "nothing", here("k3")],
  ["no framework, auto", "yes", here("k1", "k3")],
  ["no framework, auto", "no", REFUSED],
  ["no framework, required", "nothing", waiting(["k3"], [])],
  ["no framework, required", "yes", here("k1", "k3")],
  ["no framework, required", "no", REFUSED],
];

async function visitBefore(earlier: Earlier): Promise<void> {
  if (earlier === "nothing") return;
  const shop = await open({ consent: "required" });
  await shop.setConsent("granted");
  await shop.observe(view("k1"));
  if (earlier === "no") await shop.setConsent("refused");
  await close(shop);
}

const idsOf = (events: readonly object[]) =>
  events.flatMap((event) => ("productId" in event ? [String(event.productId)] : []));

async function storedNow(): Promise<{ ids: string[]; choices: PrivacyChoices }> {
  if ((await indexedDB.databases()).length === 0) return { ids: [], choices: {} };
  const store = await openEventStore("shop");
  const found = { ids: idsOf(await store.readAfter(0, 100)), choices: await store.readChoices() };
  store.close();
  return found;
}

async function outcomeOf(shop: Awaited<ReturnType<typeof open>>): Promise<Outcome> {
  const { events } = await shop.inspect();
  const { to, because } = (await statusOf(shop)).recording;
  return { to, because, used: idsOf(events).sort(), stored: (await storedNow()).ids.sort() };
}

describe("what follows from what a page says", () => {
  for (const [said, earlier, outcome] of CELLS) {
    for (const { consent, commands } of PAGES[said]!) {
      it(`${said} after ${earlier}: ${consent}, ${JSON.stringify(commands)}`, async () => {
        await visitBefore(earlier);
        const shop = await open({ consent });
        for (const command of commands) await shop.setConsent(command);
        await shop.observe(view("k3"));
        expect(await outcomeOf(shop)).toEqual(outcome);
      });
    }
  }
});

describe("what memory holds when the page speaks", () => {
  it.each<[string, ConsentAnswer[], Earlier, string[]]>([
    ["a yes stores it", [YES], "nothing", ["k2"]],
    ["a yes stores it beside the past", [YES], "yes", ["k1", "k2"]],
    ["a default that grants stores it", [YES_DEFAULT], "yes", ["k1", "k2"]],
    ["a no drops it", [NO], "nothing", []],
    ["a no drops it with the past", [NO], "yes", []],
    ["a default that denies stores nothing", [NO_DEFAULT], "yes", ["k1"]],
    ["a no in memory took nothing in that a later yes could store", [YES], "no", []],
  ])("%s", async (_, commands, earlier, expected) => {
    await visitBefore(earlier);
    const shop = await open({ consent: "asking" });
    await shop.observe(view("k2"));
    for (const command of commands) await shop.setConsent(command);
    expect((await storedNow()).ids.sort()).toEqual(expected);
  });
});

it("a shopper who always says yes keeps the past, though each page denies by default first", async () => {
  for (const id of ["k1", "k2", "k3", "k4", "k5"]) {
    const shop = await open();
    await shop.setConsent(NO_DEFAULT);
    await shop.observe(view(id));
    await shop.setConsent(YES);
    await close(shop);
  }
  expect((await storedNow()).ids).toEqual(["k1", "k2", "k3", "k4", "k5"]);
});

it("a default that denies late holds back what follows, and keeps what was stored until then", async () => {
  const shop = await open();
  await shop.observe(view("k1"));
  await shop.setConsent(NO_DEFAULT);
  await shop.observe(view("k2"));
  expect(await outcomeOf(shop)).toEqual(waiting(["k2"], ["k1"]));
});

it("a refusal is kept through later pages of defaults that grant, until an explicit yes", async () => {
  await visitBefore("no");
  for (const commands of [[YES_DEFAULT], [YES_DEFAULT, NO_DEFAULT], [NO_DEFAULT, YES_DEFAULT]]) {
    const shop = await open({ consent: "asking" });
    for (const command of commands) await shop.setConsent(command);
    await shop.observe(view("k2"));
    expect(await outcomeOf(shop)).toEqual(REFUSED);
    await close(shop);
  }
  const shop = await open({ consent: "asking" });
  await shop.setConsent(YES);
  await shop.observe(view("k3"));
  expect(await outcomeOf(shop)).toEqual(here("k3"));
});

it("a default is not kept as an answer", async () => {
  const shop = await open({ consent: "asking" });
  await shop.setConsent({ recommendations: "granted", offers: "granted", isDefault: true });
  expect((await statusOf(shop)).offersConsent).toBe("granted");
  await close(shop);
  expect((await storedNow()).choices).toEqual({});
});

it("a page's default outlasts a guest visit", async () => {
  const shop = await open();
  await shop.startGuestVisit();
  await shop.setConsent(NO_DEFAULT);
  await shop.setConsent(YES);
  await shop.endGuestVisit();
  expect((await statusOf(shop)).recording).toEqual(WAITS);
});
