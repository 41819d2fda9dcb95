import { Languages, Monitor, Moon, Sun } from "lucide-react";
import { applyTheme, keepTheme, THEMES, type Theme, theme } from "../behavior/theme.ts";
import { language, SHOP_LANGUAGES, speak, strings } from "../language/strings.ts";
import { keepLanguage, type Language } from "../language/wantedLanguage.ts";
import { storage } from "../state/storage.ts";
import { useStore } from "../state/useStore.ts";
import styles from "./Preferences.module.css";

/** Language and theme; each applies immediately and is stored. */
export function Preferences() {
  return (
    <div className={styles.preferences}>
      <LanguageSelect />
      <ThemeSelect />
    </div>
  );
}

function LanguageSelect() {
  const current = useStore(language);
  const choose = (chosen: Language) => {
    keepLanguage(storage, chosen);
    speak(chosen, navigator.languages, document.documentElement);
  };
  return (
    <label className={styles.select}>
      <Languages aria-hidden="true" size={18} />
      <span className="visually-hidden">{strings.nav.language}</span>
      <select value={current} onChange={(event) => choose(event.target.value as Language)}>
        {Object.entries(SHOP_LANGUAGES).map(([code, { name, tag }]) => (
          <option key={code} value={code} lang={tag}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

const ICONS: Record<Theme, typeof Sun> = { system: Monitor, light: Sun, dark: Moon };

function ThemeSelect() {
  const current = useStore(theme);
  const choose = (chosen: Theme) => {
    keepTheme(storage, chosen);
    applyTheme(chosen);
  };
  const Icon = ICONS[current];
  return (
    <label className={styles.select}>
      <Icon aria-hidden="true" size={18} />
      <span className="visually-hidden">{strings.nav.colors}</span>
      <select value={current} onChange={(event) => choose(event.target.value as Theme)}>
        {THEMES.map((name) => (
          <option key={name} value={name}>
            {strings.nav.themes[name]}
          </option>
        ))}
      </select>
    </label>
  );
}
