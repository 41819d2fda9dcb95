import { fieldOf } from "../pageValue.ts";
import type { ConsentReading } from "./consentReading.ts";

export const GLOBAL_PRIVACY_CONTROL = "Global Privacy Control";

/** The browser's signal refuses offers, and pauses the recording until the shopper resumes it. */
export function readGlobalPrivacyControl(browser: unknown): ConsentReading | undefined {
  return fieldOf(browser, "globalPrivacyControl") === true ? { offers: "default-no" } : undefined;
}
