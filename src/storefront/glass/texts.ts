import { language } from "../strings.ts";
import type { Language } from "../wantedLanguage.ts";
import { en, type GlassTexts } from "./strings/en.ts";
import { zh } from "./strings/zh.ts";

/** What the glass room says; it loads its texts with itself. English gives the shape. */
export const GLASS_TEXTS: Record<Language, GlassTexts> = { en, zh };

/** The texts in the language in use; read them while rendering. */
export function glassTexts(): GlassTexts {
  return GLASS_TEXTS[language.get()];
}
