import { find, flatMap, includes, map } from "../lists.ts";
import { entriesOf, fieldOf, textOf } from "../pageValue.ts";
import { type ConsentReading, UNANSWERED } from "./consentReading.ts";
import { type Framework, listenBy, NOT_NEEDED } from "./framework.ts";
import { readPurposes } from "./tcfConsent.ts";

/** What a shopper in the United States opts out of; 1 is an opt-out, 2 is none. */
const OPT_OUTS = ["SaleOptOut", "SharingOptOut", "TargetedAdvertisingOptOut"];

/**
 * Reads the ping data of the IAB's Global Privacy Platform. American law lets a shopper opt out of
 * offers, and of all use where the section says that consent to personal data was refused. The European
 * section means what the TCF means.
 */
export function readGpp(ping: unknown): ConsentReading {
  if (fieldOf(ping, "signalStatus") !== "ready") return UNANSWERED;
  const applicable = entriesOf(fieldOf(ping, "applicableSections"));
  const sections = fieldOf(ping, "parsedSections");
  const european = partsOf(fieldOf(sections, "tcfeuv2"));
  if (includes(applicable, 2) && european.length > 0) return readEuropean(european);
  const names = sections !== null && typeof sections === "object" ? Object.keys(sections) : [];
  const parts = flatMap(names, (name) =>
    name.startsWith("us") ? partsOf(fieldOf(sections, name)) : [],
  );
  return parts.length > 0 ? readAmerican(parts) : isElsewhere(applicable) ? NOT_NEEDED : UNANSWERED;
}

function readEuropean(parts: unknown[]): ConsentReading {
  const consents = map(parts, (part) =>
    entriesOf(fieldOf(part, "PurposeConsents") ?? fieldOf(part, "purposeConsents")),
  );
  const listed = find(consents, ({ length }) => length > 0) ?? [];
  return readPurposes((purpose) => listed[purpose - 1] === true || listed[purpose - 1] === 1, true);
}

function readAmerican(parts: unknown[]): ConsentReading {
  const has = (name: string, value: unknown) =>
    find(parts, (part) => fieldOf(part, name) === value) !== undefined;
  const isOut =
    find(OPT_OUTS, (name) => has(name, 1)) !== undefined || has("Gpc", true) || has("Gpc", 1);
  const isRefused = has("PersonalDataConsents", 1);
  return {
    recommendations: isRefused ? "no" : "default-yes",
    offers: isOut || isRefused ? "no" : "default-yes",
  };
}

/** No section applies: the shopper lives where none of these laws holds. */
function isElsewhere(applicable: unknown[]): boolean {
  const applies = (section: unknown) => section !== -1 && section !== 0;
  return applicable.length > 0 && find(applicable, applies) === undefined;
}

/** A section is a list of parts, or with some platforms its first part. */
function partsOf(section: unknown): unknown[] {
  if (section === null || typeof section !== "object") return [];
  return Array.isArray(section) ? entriesOf(section) : [section];
}

export const gpp: Framework = {
  name: "GPP",
  traces: ["__gpp"],
  read: (page, heard) =>
    typeof fieldOf(page, "__gpp") === "function" ? readGpp(heard) : undefined,
  listen: (page, hear) =>
    listenBy(page, "__gpp", {
      before: [],
      listenerOf: (data) => fieldOf(data, "listenerId"),
    })((data) => {
      if (textOf(fieldOf(data, "eventName")) !== "error") hear(fieldOf(data, "pingData"));
    }),
};
