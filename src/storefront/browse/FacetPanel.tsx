import { SlidersHorizontal } from "lucide-react";
import { useId, useState } from "react";
import { flushSync } from "react-dom";
import { decimal } from "../language/format.ts";
import { categoryName, strings } from "../language/strings.ts";
import { FacetChoice } from "./FacetChoice.tsx";
import styles from "./FacetPanel.module.css";
import type { Facets } from "./facets.ts";
import { type Filters, NO_FILTERS } from "./filters.ts";
import { OptionFacet } from "./OptionFacet.tsx";
import { PriceFilter } from "./PriceFilter.tsx";
import type { Browse } from "./useBrowse.ts";

interface FacetPanelProps {
  facets: Facets;
  currency: string;
  browse: Browse;
  /** Products that are left. */
  count: number;
  /** Leads from the panel to them. */
  onDone: () => void;
}

/** What the list can be narrowed by, with counts. A column beside it, or on a phone behind a button. */
export function FacetPanel({ facets, currency, browse, count, onDone }: FacetPanelProps) {
  const panelId = useId();
  const [isOpen, setIsOpen] = useState(false);
  const { filters, narrow } = browse;
  const chosen = countChosen(filters);

  function finish(): void {
    flushSync(() => setIsOpen(false));
    onDone();
  }

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
          <FacetChoice
            label={strings.browse.inStock}
            count={facets.inStock}
            isChosen={filters.inStock}
            onChange={(inStock) => narrow({ inStock })}
          />
          <FacetChoice
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
          {facets.ratings.map(({ minStars, count }) => (
            <FacetChoice
              key={minStars}
              label={strings.browse.stars(decimal(minStars, minStars % 1 === 0 ? 0 : 1))}
              count={count}
              isChosen={filters.minStars === minStars}
              onChange={(isChosen) => narrow({ minStars: isChosen ? minStars : undefined })}
            />
          ))}
        </fieldset>
        <OptionFacet
          legend={strings.browse.brand}
          options={facets.brands}
          chosen={filters.brands}
          onChange={(brands) => narrow({ brands })}
        />
        <div className={styles.done}>
          <button type="button" className="button button--primary" onClick={finish}>
            {strings.browse.showProducts(count)}
          </button>
        </div>
      </div>
    </section>
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
