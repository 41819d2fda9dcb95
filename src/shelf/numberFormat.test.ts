import { afterEach, expect, it, vi } from "vitest";
import { formatMoney, knownLocale } from "./numberFormat.ts";

afterEach(() => void vi.unstubAllGlobals());

it.each([
  [["de-DE"], "fr", "de-DE"],
  [["", undefined, "C"], "fr-FR", "fr-FR"],
  [["C"], "C", "en"],
  [["en_US.UTF-8"], "", "en"],
  [["x"], "POSIX!", "en"],
])("of %j and the browser's %s a locale is found that can write a price", (wanted, own, found) => {
  vi.stubGlobal("navigator", { language: own });
  const locale = knownLocale(...wanted);
  expect(locale).toBe(found);
  expect(formatMoney(12900, "EUR", locale)).toContain("129");
});
