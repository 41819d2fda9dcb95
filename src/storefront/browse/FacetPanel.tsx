import { SlidersHorizontal } from "lucide-react";
import { useId, useState } from "react";
import { flushSync } from "react-dom";
import { strings } from "../language/strings.ts";
import { FacetFields } from "./FacetFields.tsx";
import styles from "./FacetPanel.module.css";
import type { Facets } from "./facets.ts";
import { type Filters, NO_FILTERS } from "./filters.ts";
import type { Browse } from "./useBrowse.ts";

interface FacetPanelProps {
  facets: Facets;
  currency: string;
  browse: Browse;
  /** Number of products that match the filters. */
  count: number;
  /** Moves from the panel to the results. */
  onDone: () => void;
}

/** The filters of a list, with counts: a column next to it, or on a phone behind a button. */
export function FacetPanel({ facets, currency, browse, count, onDone }: FacetPanelProps) {
  const panelId = useId();
  const [isOpen, setIsOpen] = useState(false);
  const chosen = countChosen(browse.filters);

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
        <FacetFields facets={facets} currency={currency} browse={browse} />
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
