import { filter, find, includes, map } from "../lists.ts";
import { entriesOf, fieldOf, textOf } from "../pageValue.ts";
import { type ConsentReading, type Said, saidOf, UNANSWERED } from "./consentReading.ts";
import { callOn, type Framework } from "./framework.ts";

/** `Cookiebot`: preferences are recommendations, marketing is offers. */
export function readCookiebot(banner: unknown): ConsentReading {
  const consent = fieldOf(banner, "consent");
  const hasAnswer =
    fieldOf(banner, "hasResponse") === true && fieldOf(consent, "method") !== "implied";
  const saidTo = (category: string) => saidOf(fieldOf(consent, category) === true, hasAnswer);
  return { recommendations: saidTo("preferences"), offers: saidTo("marketing") };
}

/**
 * OneTrust's active groups: ",C0001,C0003,", in older accounts by number. Functional cookies (3) are
 * recommendations, targeting cookies (4) are offers.
 */
export function readOneTrust(banner: unknown, groups: unknown): ConsentReading {
  const list = typeof groups === "string" ? groups.split(",") : undefined;
  if (list === undefined) return UNANSWERED;
  const isAnswer = callOn(banner, "IsAlertBoxClosed") === true;
  const saidTo = (number: number) =>
    saidOf(includes(list, `C000${number}`) || includes(list, `${number}`), isAnswer);
  return { recommendations: saidTo(3), offers: saidTo(4) };
}

/** Usercentrics' consent details (version 3): the functional category, and the marketing category. */
export function readUsercentrics(details: unknown): ConsentReading {
  const categories = fieldOf(details, "categories");
  const isAnswer = fieldOf(fieldOf(details, "consent"), "type") === "EXPLICIT";
  const saidTo = (category: string) => {
    const state = fieldOf(fieldOf(categories, category), "state");
    return state === undefined ? "default-no" : saidOf(state === "ALL_ACCEPTED", isAnswer);
  };
  return { recommendations: saidTo("functional"), offers: saidTo("marketing") };
}

/** Usercentrics' services (version 2), each with its category and consent. */
export function readUsercentrics2(banner: unknown): ConsentReading {
  const services = entriesOf(callOn(banner, "getServicesBaseInfo"));
  if (callOn(banner, "isInitialized") !== true || services.length === 0) return UNANSWERED;
  const isAnswer = callOn(banner, "isConsentRequired") === false;
  const saidTo = (category: string) => {
    const own = filter(services, (service) => fieldOf(service, "categorySlug") === category);
    const isRefused = (service: unknown) => fieldOf(fieldOf(service, "consent"), "status") !== true;
    return saidToAll(own, { isRefused, isAnswer });
  };
  return { recommendations: saidTo("functional"), offers: saidTo("marketing") };
}

/** What is said to a purpose by its services; a default no without any. */
function saidToAll(
  services: readonly unknown[],
  { isRefused, isAnswer }: { isRefused(service: unknown): boolean; isAnswer: boolean },
): Said {
  if (services.length === 0) return "default-no";
  return saidOf(filter(services, isRefused).length === 0, isAnswer);
}

/** Didomi's purposes have names; the vendors' standard ones are the TCF's 1, 5 and 6, and 1, 3 and 4. */
const DIDOMI = {
  recommendations: ["cookies", "create_content_profile", "select_personalized_content"],
  offers: ["cookies", "create_ads_profile", "select_personalized_ads"],
};

export function readDidomi(banner: unknown): ConsentReading {
  const purposes = fieldOf(callOn(banner, "getCurrentUserStatus"), "purposes");
  const old = fieldOf(fieldOf(callOn(banner, "getUserStatus"), "purposes"), "consent");
  const enabled = entriesOf(fieldOf(old, "enabled"));
  const disabled = entriesOf(fieldOf(old, "disabled"));
  const isEnabled = (name: string) =>
    fieldOf(fieldOf(purposes, name), "enabled") ??
    (includes(enabled, name) || (includes(disabled, name) ? false : undefined));
  const isAnswer = callOn(banner, "shouldConsentBeCollected") === false;
  const isRequired = callOn(banner, "isConsentRequired") !== false;
  const saidTo = (names: string[]) => {
    const known = filter(map(names, isEnabled), (value) => typeof value === "boolean");
    if (known.length === 0) return saidOf(!isRequired, false);
    return saidOf(!includes(known, false), isAnswer && isRequired);
  };
  return { recommendations: saidTo(DIDOMI.recommendations), offers: saidTo(DIDOMI.offers) };
}

/** Klaro's purposes are the shop's own words; these are the usual ones. */
const KLARO = {
  recommendations: ["personalization", "personalisation", "functional", "preferences"],
  offers: ["marketing", "advertising"],
};

/** A service of the name `vitrine` decides about recommendations by itself. */
export function readKlaro(banner: unknown): ConsentReading {
  const manager = callOn(banner, "getManager");
  const consents = fieldOf(manager, "consents");
  const config = fieldOf(manager, "config");
  const services = entriesOf(fieldOf(config, "services") ?? fieldOf(config, "apps"));
  const isAnswer = fieldOf(manager, "confirmed") === true;
  const named = (name: string) => fieldOf(consents, name);
  const saidTo = (words: string[]) => {
    const isMeant = (word: unknown) => includes(words, textOf(word));
    const own = filter(
      services,
      (service) => find(entriesOf(fieldOf(service, "purposes")), isMeant) !== undefined,
    );
    const isRefused = (service: unknown) => named(textOf(fieldOf(service, "name")) ?? "") !== true;
    return saidToAll(own, { isRefused, isAnswer });
  };
  const own = named("vitrine");
  return {
    recommendations:
      typeof own === "boolean" ? saidOf(own, isAnswer) : saidTo(KLARO.recommendations),
    offers: saidTo(KLARO.offers),
  };
}

/** The WP Consent API, which many WordPress banners speak: preferences, and marketing. */
export function readWpConsent(page: object): ConsentReading | undefined {
  const prefix = textOf(fieldOf(fieldOf(page, "consent_api"), "cookie_prefix")) ?? "wp_consent";
  const saidTo = (category: string) => {
    const isAllowed = callOn(page, "wp_has_consent", category);
    const answer = callOn(page, "consent_api_get_cookie", `${prefix}_${category}`);
    if (typeof isAllowed !== "boolean") return undefined;
    return saidOf(isAllowed, answer === "allow" || answer === "deny");
  };
  return typeof fieldOf(page, "wp_has_consent") === "function"
    ? { recommendations: saidTo("preferences"), offers: saidTo("marketing") }
    : undefined;
}

/** Reads the page's object of this name, where it is there. */
function reading(name: string, read: (found: unknown) => ConsentReading | undefined) {
  return (page: object) => {
    const found = fieldOf(page, name);
    return found === undefined || found === null ? undefined : read(found);
  };
}

export const BANNERS: Framework[] = [
  {
    name: "Cookiebot",
    traces: ["Cookiebot"],
    events: ["CookiebotOnConsentReady", "CookiebotOnAccept", "CookiebotOnDecline"],
    read: reading("Cookiebot", readCookiebot),
  },
  {
    name: "OneTrust",
    traces: ["OneTrust", "OptanonWrapper"],
    events: ["OneTrustGroupsUpdated"],
    read: (page) =>
      reading("OneTrust", (banner) =>
        readOneTrust(
          banner,
          fieldOf(page, "OnetrustActiveGroups") ?? fieldOf(page, "OptanonActiveGroups"),
        ),
      )(page),
  },
  {
    name: "Usercentrics",
    traces: ["UC_UI", "__ucCmp"],
    events: ["UC_UI_INITIALIZED", "UC_UI_CMP_EVENT"],
    read: (page, heard) =>
      fieldOf(page, "__ucCmp") === undefined
        ? reading("UC_UI", readUsercentrics2)(page)
        : readUsercentrics(heard),
    ask(page) {
      const details = callOn(fieldOf(page, "__ucCmp"), "getConsentDetails");
      return details === undefined ? undefined : Promise.resolve(details);
    },
  },
  {
    name: "Didomi",
    traces: ["Didomi", "didomiConfig"],
    events: ["didomi-consent-changed"],
    read: reading("Didomi", readDidomi),
  },
  { name: "Klaro", traces: ["klaro", "klaroConfig"], read: reading("klaro", readKlaro) },
  {
    name: "WP Consent API",
    traces: ["wp_has_consent"],
    events: ["wp_listen_for_consent_change", "wp_consent_type_defined"],
    read: readWpConsent,
  },
];
