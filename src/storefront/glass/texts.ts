import { language } from "../language/strings.ts";
import type { Language } from "../language/wantedLanguage.ts";
import { type GlassTexts, glassEnglish } from "./strings/en.ts";
import { glassChinese } from "./strings/zh.ts";

/** What the glass room says; it loads its texts with itself. English gives the shape. */
export const GLASS_TEXTS: Record<Language, GlassTexts> = {
  en: glassEnglish,
  zh: glassChinese,
};

/** The texts in the language in use; read them while rendering. */
export function glassTexts(): GlassTexts {
  return GLASS_TEXTS[language.get()];
}
