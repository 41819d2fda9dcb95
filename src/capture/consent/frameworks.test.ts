import { readFileSync } from "node:fs";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { ConsentAnswer } from "../../engine/events/consent.ts";
import { watchDataLayer } from "../dataLayer.ts";
import { CONSENT_FRAMEWORKS, followFrameworks } from "./consentFrameworks.ts";
import type { ConsentReading } from "./consentReading.ts";
import { isFrameworkOn, mustAskFirst, TRACES } from "./frameworkTraces.ts";
import { GLOBAL_PRIVACY_CONTROL } from "./globalPrivacyControl.ts";
import { createGoogleConsent } from "./googleConsent.ts";
import { readTagManager, TAG_MANAGER } from "./tagManager.ts";
import { type ConsentWatchOptions, watchConsent } from "./watchConsent.ts";

const FOUR = ["ad_storage", "ad_user_data", "ad_personalization", "analytics_storage"];
const SEVEN = [...FOUR, "personalization_storage", "functionality_storage", "security_storage"];

function entry(..._: unknown[]): unknown {
  // biome-ignore lint/complexity/noArguments: gtag pushes exactly this
  return arguments;
}

const every = <Value>(names: readonly string[], value: Value): Record<string, Value> =>
  Object.fromEntries(names.map((name) => [name, value]));

/** A page on which Google's commands were given. */
function google(...commands: [string, Record<string, unknown>][]) {
  return { dataLayer: commands.map(([command, signals]) => entry("consent", command, signals)) };
}

function tagManager(signals: Record<string, object>) {
  return { google_tag_data: { ics: { usedDefault: true, entries: signals } } };
}

/** A platform of the IAB that reports to listeners at once. */
function platform(name: "__tcfapi" | "__gpp", data: unknown) {
  const call = (command: string, ...args: unknown[]) => {
    if (command !== "addEventListener") return;
    const listener = args.at(-1) as (...a: unknown[]) => void;
    if (data !== undefined) listener(data, true);
  };
  return { [name]: call };
}

function tcf(purposes: number[], more: object = {}) {
  const consents = Object.fromEntries(purposes.map((purpose) => [purpose, true]));
  const data = { gdprApplies: true, eventStatus: "useractioncomplete", purpose: { consents } };
  return platform("__tcfapi", { ...data, listenerId: 3, ...more });
}

function gpp(ping: object) {
  const pingData = { signalStatus: "ready", ...ping };
  return platform("__gpp", { eventName: "signalStatus", listenerId: 2, pingData });
}

function usNational(fields: object) {
  const none = { Version: 1, SaleOptOut: 2, SharingOptOut: 2, TargetedAdvertisingOptOut: 2 };
  const usnat = [
    { ...none, PersonalDataConsents: 0, ...fields },
    { SubsectionType: 1, Gpc: false },
  ];
  return gpp({ applicableSections: [7], parsedSections: { usnat } });
}

function cookiebot(consent: object, hasResponse = true) {
  return { Cookiebot: { hasResponse, consent: { necessary: true, ...consent } } };
}

function oneTrust(groups: string, isClosed: boolean) {
  return { OnetrustActiveGroups: groups, OneTrust: { IsAlertBoxClosed: () => isClosed } };
}

function usercentrics(type: string, functional: string, marketing: string) {
  const categories = { functional: { state: functional }, marketing: { state: marketing } };
  const details = { consent: { type, required: true }, categories };
  return { __ucCmp: { getConsentDetails: async () => details } };
}

function usercentrics2(isInitialized: boolean, status: boolean) {
  const services = ["functional", "marketing", "essential"].map((categorySlug) => ({
    name: categorySlug,
    categorySlug,
    consent: { status: status || categorySlug === "essential" },
  }));
  return {
    UC_UI: {
      isInitialized: () => isInitialized,
      isConsentRequired: () => false,
      getServicesBaseInfo: () => services,
    },
  };
}

const DIDOMI = [
  "cookies",
  "create_content_profile",
  "select_personalized_content",
  "create_ads_profile",
  "select_personalized_ads",
];

function didomi(disabled: string[], more: object = {}) {
  const purposes = Object.fromEntries(
    DIDOMI.map((id) => [id, { id, enabled: !disabled.includes(id) }]),
  );
  return {
    Didomi: {
      isConsentRequired: () => true,
      shouldConsentBeCollected: () => false,
      getCurrentUserStatus: () => ({ purposes }),
      ...more,
    },
  };
}

function klaro(consents: Record<string, boolean>, confirmed = true) {
  const services = [
    { name: "vitrine", purposes: ["functional"] },
    { name: "matomo", purposes: ["analytics"] },
    { name: "recommendations", purposes: ["personalization"] },
    { name: "ads", purposes: ["marketing"] },
  ].filter(({ name }) => name in consents);
  return { klaro: { getManager: () => ({ confirmed, consents, config: { services } }) } };
}

function wordPress(type: string, cookies: Record<string, string>) {
  return {
    consent_api: { cookie_prefix: "wp_consent" },
    consent_api_get_cookie: (name: string) => cookies[name.replace("wp_consent_", "")] ?? "",
    wp_has_consent: (category: string) =>
      cookies[category] === undefined ? type === "optout" : cookies[category] === "allow",
  };
}

function shopify(isAllowed: boolean, answers: Record<string, string> = {}) {
  const allowed = (name: string) => () =>
    answers[name] === undefined ? isAllowed : answers[name] === "yes";
  return {
    Shopify: {
      customerPrivacy: {
        preferencesProcessingAllowed: allowed("preferences"),
        marketingAllowed: allowed("marketing"),
        currentVisitorConsent: () => ({ preferences: "", marketing: "", ...answers }),
      },
    },
  };
}

function oldShopify(isTracked: boolean, answer: string) {
  const api = { userCanBeTracked: () => isTracked, getTrackingConsent: () => answer };
  return { Shopify: { customerPrivacy: api } };
}

/** What is on the page, by framework and signal of the documentation. */
const PAGES: Record<string, Record<string, object>> = {
  "Google consent mode": {
    "default denies `ad_storage`, `ad_user_data`, `ad_personalization` and `analytics_storage`":
      google(["default", every(FOUR, "denied")]),
    "update grants these four": google(
      ["default", every(FOUR, "denied")],
      ["update", every(FOUR, "granted")],
    ),
    "update denies these four": google(["update", every(FOUR, "denied")]),
    "update grants `analytics_storage`, after a default that denies all four": google(
      ["default", every(FOUR, "denied")],
      ["update", { analytics_storage: "granted" }],
    ),
    "update grants all seven signals": google(["update", every(SEVEN, "granted")]),
    "update denies `personalization_storage`, grants the others": google([
      "update",
      { ...every(SEVEN, "granted"), personalization_storage: "denied" },
    ]),
    "update grants `functionality_storage`, denies the four": google([
      "update",
      { ...every(FOUR, "denied"), functionality_storage: "granted" },
    ]),
    "default denies all for some regions, and grants all elsewhere": google(
      ["default", { ...every(SEVEN, "denied"), region: ["DE", "FR"] }],
      ["default", every(SEVEN, "granted")],
    ),
    "default denies the four for some regions, and nothing is said elsewhere": google([
      "default",
      { ...every(FOUR, "denied"), region: ["AT", "DE"] },
    ]),
    "update grants all, then a default denies all": google(
      ["update", every(SEVEN, "granted")],
      ["default", every(SEVEN, "denied")],
    ),
  },
  "Tag Manager": {
    "a template's default denies all signals": tagManager(every(SEVEN, { default: false })),
    "a template's update grants all signals": tagManager(
      every(SEVEN, { default: false, update: true }),
    ),
    "a template's update denies `ad_personalization`, grants the others": tagManager({
      ...every(SEVEN, { default: false, update: true }),
      ad_personalization: { default: false, update: false },
    }),
  },
  TCF: {
    "on the page, no report": platform("__tcfapi", undefined),
    "`cmpuishown`": tcf([], { eventStatus: "cmpuishown" }),
    "purposes 1, 3, 4, 5 and 6": tcf([1, 3, 4, 5, 6]),
    "purposes 1, 5 and 6": tcf([1, 5, 6]),
    "purposes 1, 3 and 4": tcf([1, 3, 4]),
    "purpose 1 only": tcf([1]),
    "`gdprApplies` is false": tcf([], { gdprApplies: false }),
  },
  GPP: {
    "signal not ready": gpp({ signalStatus: "not ready" }),
    "US section, no opt-out": usNational({}),
    "US section, `SaleOptOut`": usNational({ SaleOptOut: 1 }),
    "US section, `SharingOptOut`": usNational({ SharingOptOut: 1 }),
    "US section, `TargetedAdvertisingOptOut`": usNational({ TargetedAdvertisingOptOut: 1 }),
    "US section, `Gpc`": gpp({
      applicableSections: [8],
      parsedSections: { usca: { SaleOptOut: 2, SharingOptOut: 2, Gpc: true } },
    }),
    "US section, `PersonalDataConsents` refused": usNational({ PersonalDataConsents: 1 }),
    "European section, purposes 1, 5 and 6": gpp({
      applicableSections: [2],
      parsedSections: {
        tcfeuv2: [{ PurposeConsents: [true, false, false, false, true, true] }],
      },
    }),
    "no section applies": gpp({ applicableSections: [-1], parsedSections: {} }),
  },
  Cookiebot: {
    "no response": cookiebot({ preferences: false, marketing: false, method: null }, false),
    "preferences and marketing": cookiebot({
      preferences: true,
      marketing: true,
      method: "explicit",
    }),
    "preferences only": cookiebot({ preferences: true, marketing: false, method: "explicit" }),
    declined: cookiebot({ preferences: false, marketing: false, method: "explicit" }),
    "implied consent": cookiebot({ preferences: true, marketing: true, method: "implied" }),
  },
  OneTrust: {
    "banner open, `,C0001,`": oneTrust(",C0001,", false),
    "banner closed, `,C0001,C0003,C0004,`": oneTrust(",C0001,C0003,C0004,", true),
    "banner closed, `,C0001,C0003,`": oneTrust(",C0001,C0003,", true),
    "banner closed, `,1,2,`": oneTrust(",1,2,", true),
    "banner open, `,C0001,C0003,C0004,`": oneTrust(",C0001,C0003,C0004,", false),
  },
  Usercentrics: {
    "not initialized": usercentrics2(false, true),
    "version 3, explicit, functional and marketing": usercentrics(
      "EXPLICIT",
      "ALL_ACCEPTED",
      "ALL_ACCEPTED",
    ),
    "version 3, explicit, functional only": usercentrics("EXPLICIT", "ALL_ACCEPTED", "ALL_DENIED"),
    "version 3, implicit, everything accepted": usercentrics(
      "IMPLICIT",
      "ALL_ACCEPTED",
      "ALL_ACCEPTED",
    ),
    "version 2, services of both categories accepted": usercentrics2(true, true),
    "version 2, every service refused": usercentrics2(true, false),
  },
  Didomi: {
    "not asked yet": didomi(DIDOMI, { shouldConsentBeCollected: () => true }),
    "every standard purpose enabled": didomi([]),
    "`select_personalized_content` disabled": didomi(["select_personalized_content"]),
    "old status, purposes for advertising disabled": didomi([], {
      getCurrentUserStatus: undefined,
      getUserStatus: () => ({
        purposes: { consent: { enabled: DIDOMI.slice(0, 3), disabled: DIDOMI.slice(3) } },
      }),
    }),
    "consent is not required": didomi([], { isConsentRequired: () => false }),
  },
  Klaro: {
    "not confirmed": klaro({ recommendations: false, ads: false }, false),
    "services for personalization and marketing accepted": klaro({
      recommendations: true,
      ads: true,
    }),
    "services for marketing refused": klaro({ recommendations: true, ads: false }),
    "service `vitrine` refused": klaro({ vitrine: false, recommendations: true, ads: true }),
    "confirmed, no service of these purposes": klaro({ matomo: true }),
  },
  "WP Consent API": {
    "opt-in, no cookie": wordPress("optin", {}),
    "opt-out, no cookie": wordPress("optout", {}),
    "preferences allowed, marketing denied": wordPress("optin", {
      preferences: "allow",
      marketing: "deny",
    }),
    "both denied": wordPress("optout", { preferences: "deny", marketing: "deny" }),
  },
  Shopify: {
    "not answered in a region that must ask": shopify(false),
    "not answered in a region that need not ask": shopify(true),
    "preferences allowed, marketing declined": shopify(false, {
      preferences: "yes",
      marketing: "no",
    }),
    "event: everything declined": shopify(true),
    "old API, no interaction where tracking is not allowed": oldShopify(false, "no_interaction"),
    "old API, tracking accepted": oldShopify(true, "yes"),
    "old API, tracking declined": oldShopify(false, "no"),
  },
  "Global Privacy Control": {
    "the browser sends it": { navigator: { globalPrivacyControl: true } },
  },
};

interface Row extends ConsentReading {
  framework: string;
  signal: string;
}

/** The last table of the documentation. */
function documented(): Row[] {
  const text = readFileSync(new URL("../../../docs/consent.md", import.meta.url), "utf8");
  const table = text.slice(text.indexOf("| framework | signal |")).split("\n\n")[0]!;
  const said = (words: string) =>
    words === "–" ? undefined : (words.replace(" ", "-") as ConsentReading["offers"]);
  return table
    .split("\n")
    .slice(2)
    .map((line) => {
      const [, framework, signal, recommendations, offers] = line.split("|").map((c) => c.trim());
      return {
        framework: framework!,
        signal: signal!,
        recommendations: said(recommendations!),
        offers: said(offers!),
      };
    });
}

const fail = (error: Error) => {
  throw error;
};

/** "offers refused by default". */
function inWords({ isDefault, ...answer }: ConsentAnswer): string {
  const words = Object.entries(answer).flat().join(" ");
  return isDefault ? `${words} by default` : words;
}

/** A page with what a framework puts there, and what was heard on it. */
function open(content: object, options: Partial<ConsentWatchOptions> = {}) {
  const page = Object.assign(new EventTarget(), content) as unknown as Window;
  const commands: string[] = [];
  const watch = watchConsent(page, {
    mode: "auto",
    decide: async (answer) => void commands.push(inWords(answer)),
    load: async () => ({ followFrameworks }),
    onError: fail,
    ...options,
  });
  const stopLayer = watchDataLayer(page, "dataLayer", {
    emit: () => undefined,
    onConsent: (reading) => watch.hear("Google consent mode", reading),
  });
  const stop = () => {
    stopLayer();
    watch.stop();
  };
  const settle = () => vi.advanceTimersByTimeAsync(1);
  const say = (name: string, detail?: object) =>
    page.dispatchEvent(Object.assign(new Event(name), { detail }));
  return { page: page as Window & Record<string, unknown>, watch, commands, stop, settle, say };
}

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

describe("the documented table", () => {
  it("has a row for each page that is tested here, and for each framework that is read", () => {
    const rows = documented().map(({ framework, signal }) => `${framework}: ${signal}`);
    const pages = Object.entries(PAGES).flatMap(([name, signals]) =>
      Object.keys(signals).map((signal) => `${name}: ${signal}`),
    );
    expect(rows.sort()).toEqual(pages.sort());
    const names = [
      ...CONSENT_FRAMEWORKS.map(({ name }) => name),
      TAG_MANAGER,
      GLOBAL_PRIVACY_CONTROL,
      "Google consent mode",
    ];
    expect(Object.keys(PAGES).sort()).toEqual(names.sort());
  });

  it.each(documented())("$framework, $signal: $recommendations, $offers", async (row) => {
    const shop = open(PAGES[row.framework]![row.signal]!);
    await shop.settle();
    if (row.signal.startsWith("event:")) {
      shop.say("visitorConsentCollected", { preferencesAllowed: false, marketingAllowed: false });
    }
    await shop.settle();
    const { recommendations, offers } = row;
    const { heard } = shop.watch.report();
    expect(Object.keys(heard)).toEqual([row.framework]);
    expect(heard[row.framework]).toEqual({ recommendations, offers });
    shop.stop();
  });

  it.each(documented())("$framework, $signal: the page must ask first", ({ framework, signal }) => {
    const isFramework = framework !== "Global Privacy Control";
    expect(mustAskFirst(PAGES[framework]![signal]!, "dataLayer")).toBe(isFramework);
  });
});

/** While a reader loads, and where nobody has answered. */
const WAITING = ["recommendations refused by default", "offers refused by default"];

describe("following a page", () => {
  it("decides nothing where no framework is there", async () => {
    const shop = open({});
    await vi.advanceTimersByTimeAsync(5000);
    expect(shop.commands).toEqual([]);
    expect(shop.watch.report()).toMatchObject({ heard: {}, follows: "data-consent decides" });
    expect(mustAskFirst({ dataLayer: [entry("event", "page_view")] }, "dataLayer")).toBe(false);
    shop.stop();
  });

  it("acts once on what several frameworks say at the same time, and a no outweighs a yes", async () => {
    const shop = open({ ...tcf([1]), ...google(["update", every(SEVEN, "granted")]) });
    await shop.settle();
    expect(shop.commands).toEqual([
      ...WAITING, // Its reader loads.
      "recommendations refused",
      "offers refused",
    ]);
    shop.stop();
  });

  it("is settled once a reader is loaded and its answer is decided", async () => {
    const order: string[] = [];
    const page = cookiebot({ preferences: true, marketing: true });
    const { watch, stop } = open(page, {
      mode: "asking",
      async decide(answer) {
        await Promise.resolve();
        order.push(inWords(answer));
      },
    });
    await watch.settled();
    order.push("settled");
    expect(order).toEqual(["recommendations granted", "offers granted", "settled"]);
    stop();
  });

  it("hears a banner that loads later, its answer, and a change of mind", async () => {
    const shop = open({});
    await shop.settle();
    Object.assign(shop.page, cookiebot({}, false));
    await vi.advanceTimersByTimeAsync(1000);
    Object.assign(shop.page, cookiebot({ preferences: true, marketing: true }));
    shop.say("CookiebotOnAccept");
    await shop.settle();
    Object.assign(shop.page, cookiebot({ preferences: false, marketing: true }));
    await vi.advanceTimersByTimeAsync(1000);
    expect(shop.commands).toEqual([
      ...WAITING,
      "recommendations granted",
      "offers granted",
      "recommendations refused",
    ]);
    shop.stop();
  });

  it("waits while its reader loads, whatever yes another framework says; a no counts at once", async () => {
    let load = () => {};
    const loaded = new Promise<void>((resolve) => {
      load = resolve;
    });
    const answers = cookiebot({ preferences: true, marketing: true });
    const shop = open(
      {
        ...answers,
        ...google(["update", { ...every(SEVEN, "granted"), ad_personalization: "denied" }]),
      },
      { load: () => loaded.then(() => ({ followFrameworks })) },
    );
    await vi.advanceTimersByTimeAsync(3000);
    expect(shop.commands).toEqual(["recommendations refused by default", "offers refused"]);
    expect(shop.watch.report().recommendations).toBe("default-no");
    load();
    await shop.settle();
    expect(shop.commands.slice(2)).toEqual(["recommendations granted"]);
    shop.stop();
  });

  it("goes on waiting where the reader does not load, and reports why", async () => {
    const problems: string[] = [];
    const page = {
      ...cookiebot({ preferences: true }),
      ...google(["update", every(SEVEN, "granted")]),
    };
    const shop = open(page, {
      load: () => Promise.reject(new Error("blocked")),
      onError: ({ message }) => void problems.push(message),
    });
    await vi.advanceTimersByTimeAsync(3000);
    expect(problems).toEqual(["blocked"]);
    expect(shop.commands).toEqual(WAITING);
    expect(shop.watch.report()).toMatchObject({
      recommendations: "default-no",
      follows: expect.stringContaining("wait in memory"),
      failure: "blocked",
    });
    shop.stop();
  });

  it.each(TRACES.split(" "))(
    "a snippet that leaves %s is a framework that has not answered",
    async (name) => {
      const shop = open({ [name]: {} });
      await shop.settle();
      expect(isFrameworkOn(shop.page)).toBe(true);
      const framework = CONSENT_FRAMEWORKS.find(({ traces }) => traces.includes(name))!;
      expect(shop.watch.report().heard).toEqual({
        [framework.name]: { recommendations: "default-no", offers: "default-no" },
      });
      shop.stop();
    },
  );

  it("every framework's traces are known before its reader loads", () => {
    const traces = CONSENT_FRAMEWORKS.flatMap((framework) => framework.traces);
    expect([...traces].sort()).toEqual(TRACES.split(" ").sort());
  });

  it("hears Usercentrics' promise again after each of its events", async () => {
    const shop = open(usercentrics("IMPLICIT", "ALL_DENIED", "ALL_DENIED"));
    await shop.settle();
    Object.assign(shop.page, usercentrics("EXPLICIT", "ALL_ACCEPTED", "ALL_DENIED"));
    shop.say("UC_UI_CMP_EVENT", { type: "SAVE" });
    await shop.settle();
    expect(shop.watch.report().heard.Usercentrics).toEqual({
      recommendations: "yes",
      offers: "no",
    });
    shop.stop();
  });

  it("keeps an answer when the framework asks again or is gone", async () => {
    const shop = open(cookiebot({ preferences: false, marketing: true, method: "explicit" }));
    await shop.settle();
    Object.assign(shop.page, cookiebot({}, false));
    await vi.advanceTimersByTimeAsync(1000);
    shop.page.Cookiebot = undefined;
    await vi.advanceTimersByTimeAsync(1000);
    expect(shop.commands).toEqual([...WAITING, "recommendations refused", "offers granted"]);
    shop.stop();
  });

  it("says that Global Privacy Control pauses the recording", () => {
    const shop = open(PAGES["Global Privacy Control"]!["the browser sends it"]!);
    expect(shop.watch.report().follows).toContain("pauses it until vitrine.resume()");
    shop.stop();
  });

  it("only reports where the page has asked itself", async () => {
    const shop = open(shopify(false), { mode: "granted" });
    await vi.advanceTimersByTimeAsync(1000);
    expect(shop.commands).toEqual([]);
    expect(shop.watch.report()).toMatchObject({
      heard: { Shopify: { recommendations: "default-no" } },
      follows: "data-consent decides",
    });
    shop.stop();
  });

  it("leaves nothing behind, and hears nothing, once it is stopped", async () => {
    const listeners = new Set<unknown>();
    const call = (command: string, ...args: unknown[]) => {
      const listener = args.find((arg) => typeof arg === "function") as (data: unknown) => void;
      if (command === "addEventListener") {
        listeners.add(7);
        listener({ gdprApplies: true, eventStatus: "cmpuishown", listenerId: 7 });
      } else listeners.delete(args.at(-1));
    };
    const shop = open({ __tcfapi: call });
    await shop.settle();
    shop.stop();
    const before = shop.commands.length;
    Object.assign(shop.page, cookiebot({ preferences: true }));
    shop.say("CookiebotOnAccept");
    await vi.advanceTimersByTimeAsync(3000);
    expect([shop.commands.length, listeners.size, vi.getTimerCount()]).toEqual([before, 0, 0]);
  });
});

/** Methods that old libraries replace on pages. */
const REPLACED = "find filter map some every includes flatMap entries forEach indexOf".split(" ");

/** Runs code while the methods of arrays are not to be relied on. */
function withReplacedMethods(run: () => void): void {
  const own = REPLACED.map((name) => [name, Reflect.get(Array.prototype, name)] as const);
  const { from } = Array;
  const replaced = () => {
    throw new Error("replaced");
  };
  for (const [name] of own) Reflect.set(Array.prototype, name, replaced);
  Reflect.set(Array, "from", replaced);
  try {
    run();
  } finally {
    for (const [name, method] of own) Reflect.set(Array.prototype, name, method);
    Array.from = from;
  }
}

it.each(Object.keys(PAGES))("%s is heard where the page has replaced methods of arrays", (name) => {
  for (const content of Object.values(PAGES[name]!)) {
    const page = Object.assign(new EventTarget(), content) as unknown as Window;
    const read = () => {
      const heard: unknown[] = [];
      const take = (...said: unknown[]) => {
        heard[heard.length] = said;
      };
      followFrameworks(page, take)();
      take(readTagManager(page), isFrameworkOn(page));
      const hearGoogle = createGoogleConsent();
      const { dataLayer = [] } = page as { dataLayer?: unknown[] };
      for (const entry of dataLayer) take(hearGoogle(entry));
      return heard;
    };
    let heard: unknown[] = [];
    withReplacedMethods(() => {
      heard = read();
    });
    expect(heard).toEqual(read());
  }
});

it("no framework's object, however broken, throws or gives consent", async () => {
  const names = Object.values(PAGES).flatMap((signals) =>
    Object.values(signals).flatMap(Object.keys),
  );
  const hostile = new Proxy(() => undefined, {
    get: () => {
      throw new Error("hostile");
    },
    apply: () => {
      throw new Error("not ready");
    },
    ownKeys: () => {
      throw new Error("hostile");
    },
  });
  const values = fc.oneof(fc.anything(), fc.constant(hostile));
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...new Set(names)), values, async (name, value) => {
      const shop = open({ [name]: value });
      await shop.settle();
      expect(shop.commands.filter((command) => !command.endsWith("by default"))).toEqual([]);
      shop.stop();
    }),
    { seed: 18, numRuns: 300 },
  );
});
