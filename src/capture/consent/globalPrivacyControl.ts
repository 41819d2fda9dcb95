import type { ConsentReading } from "../consent.ts";
import { fieldOf } from "../pageValue.ts";
import type { Framework } from "./framework.ts";

/** The browser's signal refuses offers, and pauses the recording until the shopper resumes it. */
export function readGlobalPrivacyControl(browser: unknown): ConsentReading | undefined {
  return fieldOf(browser, "globalPrivacyControl") === true ? { offers: "default-no" } : undefined;
}

export const globalPrivacyControl: Framework = {
  name: "Global Privacy Control",
  read: (page) => readGlobalPrivacyControl(fieldOf(page, "navigator")),
};
