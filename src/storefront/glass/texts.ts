import { language } from "../language/strings.ts";
import type { Language } from "../language/wantedLanguage.ts";
import { type GlassTexts, glassEnglish } from "./strings/en.ts";
import { glassChinese } from "./strings/zh.ts";

/** The texts of the glass room, which are loaded with it. English defines their type. */
export const GLASS_TEXTS: Record<Language, GlassTexts> = {
  en: glassEnglish,
  zh: glassChinese,
};

/** The texts in the current language; read them while rendering. */
export function glassTexts(): GlassTexts {
  return GLASS_TEXTS[language.get()];
}
