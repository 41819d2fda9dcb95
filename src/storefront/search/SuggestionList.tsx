import { LayoutGrid, Search } from "lucide-react";
import { useEffect, useRef } from "react";
import { money } from "../language/format.ts";
import { strings } from "../language/strings.ts";
import { Picture } from "../parts/Picture.tsx";
import { MarkedText } from "./MarkedText.tsx";
import styles from "./SearchBox.module.css";
import type { Suggestion } from "./suggestions.ts";

interface SuggestionListProps {
  id: string;
  optionId: (index: number) => string;
  suggestions: readonly Suggestion[];
  /** Index of the suggestion that arrow keys have moved to, or −1. */
  active: number;
  onChoose: (suggestion: Suggestion) => void;
}

/** The focus stays in the text field, which names the active option. */
export function SuggestionList(props: SuggestionListProps) {
  const { id, optionId, suggestions, active, onChoose } = props;
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current!.children[active]?.scrollIntoView({ block: "nearest" });
  }, [active]);
  return (
    <div
      id={id}
      ref={list}
      role="listbox"
      aria-label={strings.search.suggestions}
      hidden={suggestions.length === 0}
      className={styles.suggestions}
      // A press must not take the focus, or the list would close before the click.
      onMouseDown={(event) => event.preventDefault()}
    >
      {suggestions.map((suggestion, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the keys go to the text field
        <div
          key={suggestion.href}
          id={optionId(index)}
          role="option"
          tabIndex={-1}
          aria-selected={index === active}
          className={styles.suggestion}
          onClick={() => onChoose(suggestion)}
        >
          <SuggestionContent {...suggestion} />
        </div>
      ))}
    </div>
  );
}

function SuggestionContent({ kind, product, text, note, words }: Suggestion) {
  const Icon = kind === "results" ? Search : LayoutGrid;
  return (
    <>
      {product ? (
        <Picture product={product} alt="" />
      ) : (
        <span className={styles.place}>
          <Icon aria-hidden="true" size={18} />
        </span>
      )}
      <span>
        <MarkedText text={text} words={words} />
        {note && (
          <small>
            <MarkedText text={note} words={words} />
          </small>
        )}
      </span>
      {product && <span>{money(product.priceMinor, product.currency)}</span>}
    </>
  );
}
