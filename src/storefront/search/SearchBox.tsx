import { Search } from "lucide-react";
import { useId } from "react";
import { strings } from "../language/strings.ts";
import styles from "./SearchBox.module.css";
import { SuggestionList } from "./SuggestionList.tsx";
import { useSearchBox } from "./useSearchBox.ts";

/** Keeps the box's place until there is something to search. */
export function SearchBoxRoom() {
  return (
    <search className={styles.search} aria-hidden="true">
      <div className={`${styles.box} ${styles.room}`} />
    </search>
  );
}

/** A text field with suggestions (the combobox pattern of the ARIA Authoring Practices). */
export function SearchBox() {
  const { text, suggestions, active, ...box } = useSearchBox();
  const listId = useId();
  const optionId = (index: number) => `${listId}-${index}`;
  return (
    <search className={styles.search}>
      <form
        className={styles.box}
        onSubmit={(event) => {
          event.preventDefault();
          box.search();
        }}
      >
        <input
          type="search"
          role="combobox"
          aria-label={strings.search.label}
          aria-expanded={suggestions.length > 0}
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={active < 0 ? undefined : optionId(active)}
          placeholder={strings.search.label}
          autoComplete="off"
          enterKeyHint="search"
          value={text}
          onFocus={box.onFocus}
          onBlur={box.close}
          onChange={(event) => box.onType(event.target.value)}
          onKeyDown={box.onKeyDown}
        />
        <button type="submit" className="icon-button" aria-label={strings.search.submit}>
          <Search aria-hidden="true" size={20} />
        </button>
      </form>
      <SuggestionList
        id={listId}
        optionId={optionId}
        suggestions={suggestions}
        active={active}
        onChoose={({ href }) => box.go(href)}
      />
    </search>
  );
}
