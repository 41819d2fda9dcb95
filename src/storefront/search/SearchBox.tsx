import { Search } from "lucide-react";
import { useDeferredValue, useId, useMemo, useState } from "react";
import { useLocation, useSearch } from "wouter";
import { strings } from "../language/strings.ts";
import { useProductOf, useShop } from "../ShopContext.tsx";
import { resultsHref } from "../shop/addresses.ts";
import styles from "./SearchBox.module.css";
import { SuggestionList } from "./SuggestionList.tsx";
import { type Suggestion, suggestionsFor } from "./suggestions.ts";
import { useProductSearch } from "./useProductSearch.ts";

/** Where the box will be, while there is nothing to search. */
export function SearchBoxRoom() {
  return (
    <search className={styles.search} aria-hidden="true">
      <div className={`${styles.box} ${styles.room}`} />
    </search>
  );
}

/** What was typed and not yet searched for; forgotten on the results of another query. */
interface Draft {
  text: string;
  query: string;
}

/** A text field with suggestions (the combobox pattern of the ARIA Authoring Practices). */
export function SearchBox() {
  const [location, navigate] = useLocation();
  const searched = new URLSearchParams(useSearch()).get("q") ?? "";
  const query = location === "/search" ? searched : "";
  const [draft, setDraft] = useState<Draft>();
  if (draft !== undefined && draft.query !== query) setDraft(undefined);
  const text = draft?.text ?? query;
  const [isUsed, setIsUsed] = useState(false);
  const [isOpen, setIsOpen] = useState(false);
  // What is typed shows at once, what it suggests a moment later.
  const suggestions = useSuggestions(useDeferredValue(text), isUsed, isOpen);
  const { active, setActive, onArrow } = useActive(suggestions.length);
  const listId = useId();
  const optionId = (index: number) => `${listId}-${index}`;

  function type(typed: string): void {
    setDraft({ text: typed, query });
    setActive(-1);
  }

  function close(): void {
    setIsOpen(false);
    setActive(-1);
  }

  function go(href: string): void {
    setDraft(undefined);
    close();
    const isHere = href === `${window.location.pathname}${window.location.search}`;
    navigate(href, { replace: isHere });
    // What was asked for again is there already.
    if (isHere) scrollTo({ top: 0, behavior: "instant" });
  }

  function search(): void {
    const chosen = suggestions[active];
    if (chosen) go(chosen.href);
    else if (text.trim() !== "") go(resultsHref(text.trim()));
  }

  function onKeyDown(event: React.KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return; // The key is the input method's.
    if (event.key === "Escape") {
      event.preventDefault();
      if (suggestions.length > 0) close();
      else type("");
    } else if (event.key === "ArrowDown" && !isOpen) {
      event.preventDefault();
      setIsOpen(true);
      setActive(0);
    } else onArrow(event);
  }

  return (
    <search className={styles.search}>
      <form
        className={styles.box}
        onSubmit={(event) => {
          event.preventDefault();
          search();
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
          onFocus={() => setIsUsed(true)}
          onBlur={close}
          onChange={(event) => {
            type(event.target.value);
            setIsOpen(true);
          }}
          onKeyDown={onKeyDown}
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
        onChoose={({ href }) => go(href)}
      />
    </search>
  );
}

const NONE: Suggestion[] = [];

function useSuggestions(text: string, isUsed: boolean, isOpen: boolean): Suggestion[] {
  const { shop } = useShop();
  const productOf = useProductOf();
  const search = useProductSearch(isUsed);
  return useMemo(() => {
    if (!isOpen || search === undefined || search instanceof Error) return NONE;
    return suggestionsFor(text, { search, productOf, departments: shop.departments });
  }, [text, isOpen, search, productOf, shop]);
}

/** The suggestion the arrow keys stand on; −1 is the field itself, between the last and the first. */
function useActive(count: number) {
  const [active, setActive] = useState(-1);
  const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };
  function onArrow(event: React.KeyboardEvent): void {
    const step = steps[event.key];
    if (step === undefined || count === 0) return;
    event.preventDefault();
    const places = count + 1;
    setActive(((active + 1 + step + places) % places) - 1);
  }
  return { active: active < count ? active : -1, setActive, onArrow };
}
