/** What the shop speaks. Apart from its texts, which are not there yet when a page opens. */
const LANGUAGE_CODES = ["en", "zh"] as const;
export type Language = (typeof LANGUAGE_CODES)[number];

const KEY = "vitrine.language";

/** The language kept from an earlier choice, else the browser's first that the shop speaks. */
export function readLanguage(storage: Storage | undefined, wanted: readonly string[]): Language {
  const kept = languageOf(storage?.getItem(KEY) ?? "");
  return kept ?? wanted.map(languageOf).find((known) => known !== undefined) ?? "en";
}

export function keepLanguage(storage: Storage | undefined, chosen: Language): void {
  storage?.setItem(KEY, chosen);
}

/** "zh-Hans-CN" → "zh"; undefined for a language the shop does not speak. */
export function languageOf(tag: string): Language | undefined {
  const primary = tag.toLowerCase().split("-")[0];
  return LANGUAGE_CODES.find((code) => code === primary);
}
