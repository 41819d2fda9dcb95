import { Languages } from "lucide-react";
import { useSyncExternalStore } from "react";
import { storage } from "../storage.ts";
import { keepLanguage, LANGUAGES, type Language, language, speak, strings } from "../strings.ts";
import styles from "./LanguageSelect.module.css";

/** Changes the language of everything at once, and remembers it. */
export function LanguageSelect() {
  const current = useSyncExternalStore(language.subscribe, language.get);
  const choose = (chosen: Language) => {
    keepLanguage(storage, chosen);
    speak(chosen, navigator.languages, document.documentElement);
  };
  return (
    <label className={styles.select}>
      <Languages aria-hidden="true" size={18} />
      <span className="visually-hidden">{strings.nav.language}</span>
      <select value={current} onChange={(event) => choose(event.target.value as Language)}>
        {Object.entries(LANGUAGES).map(([code, { name, tag }]) => (
          <option key={code} value={code} lang={tag}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
