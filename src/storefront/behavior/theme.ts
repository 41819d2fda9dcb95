import { createStore, type Store } from "../state/store.ts";

export const THEMES = ["system", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

const KEY = "vitrine.theme";
const inUse = createStore<Theme>("system");
export const theme: Store<Theme> = inUse;

/** The chosen theme, or the system's. */
export function applyTheme(chosen: Theme): void {
  if (chosen === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = chosen;
  inUse.set(chosen);
}

export function readTheme(storage: Storage | undefined): Theme {
  const kept = storage?.getItem(KEY);
  return THEMES.find((one) => one === kept) ?? "system";
}

export function keepTheme(storage: Storage | undefined, chosen: Theme): void {
  storage?.setItem(KEY, chosen);
}
