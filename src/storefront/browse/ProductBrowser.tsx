import { type Ref, useDeferredValue, useRef } from "react";
import type { Product } from "vitrine";
import { strings } from "../language/strings.ts";
import { ProductGrid, ProductGridSkeleton } from "../parts/ProductGrid.tsx";
import { ActiveFilters } from "./ActiveFilters.tsx";
import { BrowseToolbar } from "./BrowseToolbar.tsx";
import { FacetPanel } from "./FacetPanel.tsx";
import { facetsOf } from "./facets.ts";
import styles from "./ProductBrowser.module.css";
import type { Sort } from "./sortProducts.ts";
import { useBrowse } from "./useBrowse.ts";
import { useFocusAfter } from "./useFocusAfter.ts";
import { type ProductList, useProductList } from "./useProductList.ts";

interface ProductBrowserProps {
  /** In the order that is the same for everybody; must be the same array on every render. */
  products: readonly Product[];
  /** Orders to choose from: the personal one, the one that is the same for everybody, others. */
  sorts: readonly ["for-you", "relevance" | "popular", ...Sort[]];
  /** Level of the category path that can be chosen from. */
  categoryLevel: number;
  relevance?: ReadonlyMap<string, number>;
}

/** A list of products with its filters and its order, which are part of the address. */
export function ProductBrowser({ products, sorts, categoryLevel, relevance }: ProductBrowserProps) {
  const currency = products[0]?.currency ?? "EUR";
  const browse = useBrowse(sorts, currency);
  // The controls change immediately; the list follows when it has been computed.
  const filters = useDeferredValue(browse.filters);
  const sort = useDeferredValue(browse.sort);
  const shown = useDeferredValue(browse.shown);
  const status = useRef<HTMLParagraphElement>(null);
  const grid = useRef<HTMLUListElement>(null);
  const focusAfter = useFocusAfter({ filters, shown }, status);
  const list = useProductList({ products, sorts, sort, filters, relevance });

  function showMore(): void {
    focusAfter(() => grid.current?.children[shown]?.querySelector<HTMLElement>("a, button"));
    browse.showMore();
  }

  function clear(): void {
    focusAfter();
    browse.clear();
  }

  function goToResults(): void {
    status.current!.scrollIntoView();
    status.current!.focus({ preventScroll: true });
  }

  return (
    <div className={styles.browser}>
      <FacetPanel
        facets={facetsOf(products, filters, categoryLevel)}
        currency={currency}
        browse={browse}
        count={list.matching.length}
        onDone={goToResults}
      />
      <section className={styles.results} aria-label={strings.browse.results}>
        <BrowseToolbar count={list.matching.length} sorts={sorts} browse={browse} status={status} />
        <ActiveFilters
          filters={filters}
          browse={browse}
          currency={currency}
          focusAfter={focusAfter}
          onClear={clear}
        />
        <ResultList list={list} shown={shown} grid={grid} onMore={showMore} onClear={clear} />
      </section>
    </div>
  );
}

interface ResultListProps {
  list: ProductList;
  /** The number of products to show at most. */
  shown: number;
  grid: Ref<HTMLUListElement>;
  onMore: () => void;
  onClear: () => void;
}

function ResultList({ list, shown, grid, onMore, onClear }: ResultListProps) {
  const { matching, isReady, reasonOf } = list;
  const count = matching.length;
  if (count === 0) return <NoMatches onClear={onClear} />;
  if (!isReady) return <ProductGridSkeleton count={Math.min(count, shown)} />;
  return (
    <>
      <ProductGrid list={grid} products={matching.slice(0, shown)} reasonOf={reasonOf} />
      {count > shown && (
        <button type="button" className={`button ${styles.more}`} onClick={onMore}>
          {strings.browse.more(shown, count)}
        </button>
      )}
    </>
  );
}

function NoMatches({ onClear }: { onClear: () => void }) {
  return (
    <div className="notice">
      <p>{strings.browse.nothingLeft}</p>
      <button type="button" className="button button--primary" onClick={onClear}>
        {strings.browse.clear}
      </button>
    </div>
  );
}
