import { createStore, type Store } from "../state/store.ts";
import { type Strings, shopEnglish } from "./strings/en.ts";
import { shopChinese } from "./strings/zh.ts";
import { type Language, languageOf } from "./wantedLanguage.ts";

interface LanguageFacts {
  /** The language's name in that language. */
  name: string;
  /** A BCP 47 tag, for `lang` and, unless the browser has a more specific locale, for `Intl`. */
  tag: string;
  direction: "ltr" | "rtl";
  texts: Strings;
}

export const SHOP_LANGUAGES = {
  en: { name: "English", tag: "en", direction: "ltr", texts: shopEnglish },
  zh: { name: "简体中文", tag: "zh-Hans", direction: "ltr", texts: shopChinese },
} as const satisfies Record<Language, LanguageFacts>;

/**
 * The texts in the current language, as a live binding. Read them while rendering; a part that is kept in
 * a module, a memo or a state does not change with the language.
 */
export let strings: Strings = shopEnglish;
/** The locale of numbers, money and dates: "en-GB" for a British shopper who reads English here. */
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

/** A category's name in the current language; `hasOwn`, since a category may be named "constructor". */
export function categoryName(name: string): string {
  return Object.hasOwn(strings.categories, name) ? strings.categories[name]! : name;
}
