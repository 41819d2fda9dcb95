/** The shop's languages. Separate from the texts, which are loaded later. */
const LANGUAGE_CODES = ["en", "zh"] as const;
export type Language = (typeof LANGUAGE_CODES)[number];

const KEY = "vitrine.language";

/** The stored choice, else the first of the browser's languages that the shop has. */
export function readLanguage(storage: Storage | undefined, wanted: readonly string[]): Language {
  const kept = languageOf(storage?.getItem(KEY) ?? "");
  return kept ?? wanted.map(languageOf).find((known) => known !== undefined) ?? "en";
}

export function keepLanguage(storage: Storage | undefined, chosen: Language): void {
  storage?.setItem(KEY, chosen);
}

/** "zh-Hans-CN" → "zh"; undefined for a language that the shop does not have. */
export function languageOf(tag: string): Language | undefined {
  const primary = tag.toLowerCase().split("-")[0];
  return LANGUAGE_CODES.find((code) => code === primary);
}
