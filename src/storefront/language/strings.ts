import { createStore, type Store } from "../state/store.ts";
import { type Strings, shopEnglish } from "./strings/en.ts";
import { shopChinese } from "./strings/zh.ts";
import { type Language, languageOf } from "./wantedLanguage.ts";

interface LanguageFacts {
  /** As its own speakers write it. */
  name: string;
  /** BCP 47, for `lang` and, where the browser has no finer wish, for `Intl`. */
  tag: string;
  direction: "ltr" | "rtl";
  texts: Strings;
}

export const SHOP_LANGUAGES = {
  en: { name: "English", tag: "en", direction: "ltr", texts: shopEnglish },
  zh: { name: "简体中文", tag: "zh-Hans", direction: "ltr", texts: shopChinese },
} as const satisfies Record<Language, LanguageFacts>;

/**
 * The texts of the language in use, as a live binding: read them while rendering and keep no part of
 * them in a module, a memo or a state, or it will not change with the language.
 */
export let strings: Strings = shopEnglish;
/** What `Intl` writes numbers, money and dates for: "en-GB" for a Briton who reads English here. */
export let locale = "en";

const inUse = createStore<Language>("en");
export const language: Store<Language> = inUse;

/** Changes the language of the page. `wanted` are the browser's locales, best first. */
export function speak(chosen: Language, wanted: readonly string[], root?: HTMLElement): void {
  const { tag, direction, texts } = SHOP_LANGUAGES[chosen];
  strings = texts;
  locale = wanted.find((other) => languageOf(other) === chosen) ?? tag;
  if (root) Object.assign(root, { lang: tag, dir: direction });
  inUse.set(chosen);
}

/** A category's name in the language in use; a shop may call one "constructor". */
export function categoryName(name: string): string {
  return Object.hasOwn(strings.categories, name) ? strings.categories[name]! : name;
}
