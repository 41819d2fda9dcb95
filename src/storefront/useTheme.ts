import { useCallback, useState } from "react";

export const THEMES = ["system", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

const KEY = "vitrine.theme";

/** Colours by system or by choice; the choice is kept. */
export function useTheme(storage: Storage | undefined): [Theme, () => void] {
  const [theme, setTheme] = useState(() => readTheme(storage));
  const next = useCallback(() => {
    const chosen = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length]!;
    applyTheme(chosen);
    storage?.setItem(KEY, chosen);
    setTheme(chosen);
  }, [theme, storage]);
  return [theme, next];
}

export function readTheme(storage: Storage | undefined): Theme {
  const kept = storage?.getItem(KEY);
  return THEMES.find((theme) => theme === kept) ?? "system";
}

export function applyTheme(theme: Theme): void {
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}
