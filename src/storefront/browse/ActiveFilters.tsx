import { X } from "lucide-react";
import { useRef } from "react";
import { decimal, money } from "../language/format.ts";
import { categoryName, strings } from "../language/strings.ts";
import styles from "./ActiveFilters.module.css";
import type { Filters } from "./filters.ts";
import type { Browse } from "./useBrowse.ts";
import type { FocusAfter } from "./useFocusAfter.ts";

interface ActiveFiltersProps {
  /** Those of the list that is shown. */
  filters: Filters;
  browse: Browse;
  currency: string;
  focusAfter: FocusAfter;
  onClear: () => void;
}

/** The filters in use, each with a button that removes it. */
export function ActiveFilters(props: ActiveFiltersProps) {
  const { filters, browse, currency, focusAfter, onClear } = props;
  const list = useRef<HTMLUListElement>(null);
  const chips = chipsOf(filters, currency);
  if (chips.length === 0) return null;

  function remove({ without }: Chip, place: number): void {
    focusAfter(() => {
      const left = list.current?.querySelectorAll<HTMLElement>(`.${styles.chip}`) ?? [];
      return left[place] ?? left[place - 1];
    });
    browse.narrow(without);
  }

  return (
    <ul ref={list} className={styles.chips} aria-label={strings.browse.active}>
      {chips.map((chip, place) => (
        <li key={chip.text}>
          <button
            type="button"
            className={styles.chip}
            aria-label={strings.browse.remove(chip.text)}
            onClick={() => remove(chip, place)}
          >
            {chip.text}
            <X aria-hidden="true" size={14} />
          </button>
        </li>
      ))}
      <li>
        <button type="button" className={styles.clear} onClick={onClear}>
          {strings.browse.clear}
        </button>
      </li>
    </ul>
  );
}

interface Chip {
  text: string;
  without: Partial<Filters>;
}

function chipsOf(filters: Filters, currency: string): Chip[] {
  const { categories, brands, minMinor, maxMinor, minStars, inStock, onSale } = filters;
  const texts = strings.browse;
  const chips: Chip[] = [
    ...categories.map((name) => ({
      text: categoryName(name),
      without: { categories: categories.filter((other) => other !== name) },
    })),
    ...brands.map((name) => ({
      text: name,
      without: { brands: brands.filter((other) => other !== name) },
    })),
  ];
  if (minMinor !== undefined) {
    const text = texts.atLeast(money(minMinor, currency));
    chips.push({ text, without: { minMinor: undefined } });
  }
  if (maxMinor !== undefined) {
    const text = texts.atMost(money(maxMinor, currency));
    chips.push({ text, without: { maxMinor: undefined } });
  }
  if (minStars !== undefined) {
    const text = texts.stars(decimal(minStars, minStars % 1 === 0 ? 0 : 1));
    chips.push({ text, without: { minStars: undefined } });
  }
  if (inStock) chips.push({ text: texts.inStock, without: { inStock: false } });
  if (onSale) chips.push({ text: texts.onSale, without: { onSale: false } });
  return chips;
}
