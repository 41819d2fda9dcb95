import { applyTheme, readTheme } from "./behavior/theme.ts";
import { readLanguage } from "./language/wantedLanguage.ts";
import { hasBeenHere } from "./state/engine.ts";
import { INTERESTS_KEY, readInterests } from "./state/interests.ts";
import { storage } from "./state/storage.ts";

/**
 * Runs before the first paint of a prerendered page, and marks on `<html>` how much of it is right for
 * this visit: the whole page, its frame without the cards, the header, or nothing.
 */
type Ahead = "page" | "frame" | "header" | "nothing";

const { path, personal } = (document.currentScript as HTMLScriptElement).dataset;
applyTheme(readTheme(storage));
document.documentElement.dataset.ahead = howMuch();

function howMuch(): Ahead {
  if (readLanguage(storage, navigator.languages) !== "en") return "nothing";
  // For an unknown address the server sends the home page's file.
  if (path !== location.pathname) {
    document.title = "Vitrine";
    return "header";
  }
  return personal !== undefined && isKnown() ? "frame" : "page";
}

function isKnown(): boolean {
  return hasBeenHere(storage) || readInterests(storage?.getItem(INTERESTS_KEY) ?? null).length > 0;
}
