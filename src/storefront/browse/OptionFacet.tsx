import { useId, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { strings } from "../language/strings.ts";
import { FacetChoice } from "./FacetChoice.tsx";
import styles from "./FacetPanel.module.css";
import type { FacetOption } from "./facets.ts";

interface OptionFacetProps {
  legend: string;
  options: readonly FacetOption[];
  chosen: readonly string[];
  nameOf?: (name: string) => string;
  onChange: (chosen: string[]) => void;
}

/** Number of options shown at first; chosen ones are always shown. */
const SHOWN = 8;

export function OptionFacet({ legend, options, chosen, nameOf, onChange }: OptionFacetProps) {
  const choices = useRef<HTMLDivElement>(null);
  const choicesId = useId();
  const [isWhole, setIsWhole] = useState(false);
  // An option that was just unchecked must stay in its place.
  const [unticked, setUnticked] = useState<readonly string[]>([]);
  if (options.length === 0) return null;
  const isShown = ({ name }: FacetOption, place: number) =>
    isWhole || place < SHOWN || chosen.includes(name) || unticked.includes(name);

  function toggle(name: string, isChosen: boolean): void {
    if (!isChosen) setUnticked([...unticked, name]);
    onChange(isChosen ? [...chosen, name] : chosen.filter((other) => other !== name));
  }

  function showAll(): void {
    const firstNew = options.findIndex((option, place) => !isShown(option, place));
    flushSync(() => setIsWhole(true));
    choices.current!.querySelectorAll("input")[firstNew]?.focus();
  }

  function showFewer(button: Element): void {
    flushSync(() => setIsWhole(false));
    button.scrollIntoView({ block: "nearest" });
  }

  return (
    <fieldset>
      <legend>{legend}</legend>
      <div id={choicesId} ref={choices} className={styles.choices}>
        {options.filter(isShown).map(({ name, count }) => (
          <FacetChoice
            key={name}
            label={nameOf?.(name) ?? name}
            count={count}
            isChosen={chosen.includes(name)}
            onChange={(isChosen) => toggle(name, isChosen)}
          />
        ))}
      </div>
      {options.length > SHOWN && (
        <button
          type="button"
          className={styles.all}
          aria-expanded={isWhole}
          aria-controls={choicesId}
          onClick={({ currentTarget }) => (isWhole ? showFewer(currentTarget) : showAll())}
        >
          {isWhole ? strings.browse.showFewer : strings.browse.showAll(options.length)}
        </button>
      )}
    </fieldset>
  );
}
