import { useDeferredValue, useState } from "react";
import { useLocation, useSearch } from "wouter";
import { resultsHref } from "../shop/addresses.ts";
import { useActiveOption } from "./useActiveOption.ts";
import { useDraft } from "./useDraft.ts";
import { useSuggestions } from "./useSuggestions.ts";

/** The state of the search box, and what its events do. */
export function useSearchBox() {
  const { text, setText, forget } = useDraft(useShownQuery());
  const [isUsed, setIsUsed] = useState(false);
  const [isOpen, setIsOpen] = useState(false);
  const goTo = useGoTo();
  // The field shows what is typed immediately; the suggestions may follow later.
  const suggestions = useSuggestions(useDeferredValue(text), { isUsed, isOpen });
  const { active, setActive, onArrow } = useActiveOption(suggestions.length);

  function type(typed: string): void {
    setText(typed);
    setActive(-1);
  }

  function close(): void {
    setIsOpen(false);
    setActive(-1);
  }

  function go(href: string): void {
    forget();
    close();
    goTo(href);
  }

  function search(): void {
    const chosen = suggestions[active];
    if (chosen) go(chosen.href);
    else if (text.trim() !== "") go(resultsHref(text.trim()));
  }

  function onKeyDown(event: React.KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return; // The key belongs to the input method.
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

  function onType(typed: string): void {
    type(typed);
    setIsOpen(true);
  }

  const onFocus = () => setIsUsed(true);
  return { text, suggestions, active, onType, onKeyDown, onFocus, close, go, search };
}

/** The query whose results the page shows, or "". */
function useShownQuery(): string {
  const [location] = useLocation();
  const query = new URLSearchParams(useSearch()).get("q") ?? "";
  return location === "/search" ? query : "";
}

/** Navigates, or scrolls up if the page is shown already. */
function useGoTo(): (href: string) => void {
  const [, navigate] = useLocation();
  return (href) => {
    const isHere = href === `${window.location.pathname}${window.location.search}`;
    navigate(href, { replace: isHere });
    if (isHere) scrollTo({ top: 0, behavior: "instant" });
  };
}
