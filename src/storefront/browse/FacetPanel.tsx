import { SlidersHorizontal } from "lucide-react";
import { useId, useState } from "react";
import { decimal } from "../format.ts";
import { categoryName, strings } from "../strings.ts";
import styles from "./FacetPanel.module.css";
import type { Facets, Option } from "./facets.ts";
import { type Filters, NO_FILTERS } from "./filters.ts";
import { PriceFilter } from "./PriceFilter.tsx";
import type { Browse } from "./useBrowse.ts";

interface FacetPanelProps {
  facets: Facets;
  currency: string;
  browse: Browse;
}

/** What the list can be narrowed by, with counts. A column beside it, or on a phone behind a button. */
export function FacetPanel({ facets, currency, browse }: FacetPanelProps) {
  const panelId = useId();
  const [isOpen, setIsOpen] = useState(false);
  const { filters, narrow } = browse;
  const chosen = countChosen(filters);
  return (
    <section className={styles.panel} aria-label={strings.browse.filters}>
      <button
        type="button"
        className={`button ${styles.toggle}`}
        aria-expanded={isOpen}
        aria-controls={panelId}
        onClick={() => setIsOpen(!isOpen)}
      >
        <SlidersHorizontal aria-hidden="true" size={18} />
        {strings.browse.filtersCount(chosen)}
      </button>
      <div id={panelId} className={isOpen ? `${styles.facets} ${styles.open}` : styles.facets}>
        <OptionFacet
          legend={strings.browse.categories}
          options={facets.categories}
          chosen={filters.categories}
          nameOf={categoryName}
          onChange={(categories) => narrow({ categories })}
        />
        <fieldset>
          <legend>{strings.browse.availability}</legend>
          <Choice
            label={strings.browse.inStock}
            count={facets.inStock}
            isChosen={filters.inStock}
            onChange={(inStock) => narrow({ inStock })}
          />
          <Choice
            label={strings.browse.onSale}
            count={facets.onSale}
            isChosen={filters.onSale}
            onChange={(onSale) => narrow({ onSale })}
          />
        </fieldset>
        {facets.price && (
          <PriceFilter
            range={facets.price}
            filters={filters}
            currency={currency}
            onChange={narrow}
          />
        )}
        <fieldset>
          <legend>{strings.browse.rating}</legend>
          {facets.ratings.map(({ leastStars, count }) => (
            <Choice
              key={leastStars}
              label={strings.browse.stars(decimal(leastStars, leastStars % 1 === 0 ? 0 : 1))}
              count={count}
              isChosen={filters.leastStars === leastStars}
              onChange={(isChosen) => narrow({ leastStars: isChosen ? leastStars : undefined })}
            />
          ))}
        </fieldset>
        <OptionFacet
          legend={strings.browse.brand}
          options={facets.brands}
          chosen={filters.brands}
          onChange={(brands) => narrow({ brands })}
        />
      </div>
    </section>
  );
}

interface OptionFacetProps {
  legend: string;
  options: readonly Option[];
  chosen: readonly string[];
  nameOf?: (name: string) => string;
  onChange: (chosen: string[]) => void;
}

function OptionFacet({ legend, options, chosen, nameOf, onChange }: OptionFacetProps) {
  if (options.length === 0) return null;
  return (
    <fieldset>
      <legend>{legend}</legend>
      {options.map(({ name, count }) => (
        <Choice
          key={name}
          label={nameOf?.(name) ?? name}
          count={count}
          isChosen={chosen.includes(name)}
          onChange={(isChosen) =>
            onChange(isChosen ? [...chosen, name] : chosen.filter((other) => other !== name))
          }
        />
      ))}
    </fieldset>
  );
}

interface ChoiceProps {
  label: string;
  count: number;
  isChosen: boolean;
  onChange: (isChosen: boolean) => void;
}

function Choice({ label, count, isChosen, onChange }: ChoiceProps) {
  return (
    <label className={styles.choice}>
      <input
        type="checkbox"
        checked={isChosen}
        disabled={count === 0 && !isChosen}
        onChange={(event) => onChange(event.target.checked)}
      />
      <span>{label}</span>
      <span className={styles.count}>{count}</span>
    </label>
  );
}

function countChosen(filters: Filters): number {
  const names = Object.keys(NO_FILTERS) as (keyof Filters)[];
  return names.reduce((sum, name) => {
    const value = filters[name];
    if (Array.isArray(value)) return sum + value.length;
    return value === NO_FILTERS[name] ? sum : sum + 1;
  }, 0);
}
