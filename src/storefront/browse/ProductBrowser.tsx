import { useDeferredValue, useMemo, useRef } from "react";
import type { Product } from "vitrine";
import { strings } from "../language/strings.ts";
import { ProductGrid, ProductGridSkeleton } from "../parts/ProductGrid.tsx";
import { useShop } from "../ShopContext.tsx";
import { reasonText } from "../shelves/reasonText.ts";
import { ActiveFilters } from "./ActiveFilters.tsx";
import { BrowseToolbar } from "./BrowseToolbar.tsx";
import { FacetPanel } from "./FacetPanel.tsx";
import { facetsOf } from "./facets.ts";
import { filtered } from "./filters.ts";
import styles from "./ProductBrowser.module.css";
import { type Sort, sortProducts } from "./sortProducts.ts";
import { useBrowse } from "./useBrowse.ts";
import { useFocusAfter } from "./useFocusAfter.ts";
import { usePersonalOrder } from "./usePersonalOrder.ts";

interface ProductBrowserProps {
  /** In the order they have for everybody; the same list from render to render. */
  products: readonly Product[];
  /** Orders to choose from: the personal one first, then the one that is the same for everybody. */
  sorts: readonly ["for-you", "relevance" | "popular", ...Sort[]];
  /** Level of the category path that can be chosen from. */
  categoryLevel: number;
  relevance?: ReadonlyMap<string, number>;
}

/** A list of products with its facets and its order, all of it in the address. */
export function ProductBrowser({ products, sorts, categoryLevel, relevance }: ProductBrowserProps) {
  const { shop } = useShop();
  const currency = products[0]?.currency ?? "EUR";
  const browse = useBrowse(sorts, currency);
  // The choice shows at once, the list that it makes a moment later.
  const filters = useDeferredValue(browse.filters);
  const sort = useDeferredValue(browse.sort);
  const shown = useDeferredValue(browse.shown);
  const status = useRef<HTMLParagraphElement>(null);
  const grid = useRef<HTMLUListElement>(null);
  const focusAfter = useFocusAfter({ filters, shown }, status);
  const opinions = usePersonalOrder(products, sort === "for-you");
  const left = filtered(products, filters);
  const personal = useMemo(
    () => opinions && new Map([...opinions].map(([id, { logOdds }]) => [id, logOdds])),
    [opinions],
  );
  const sorted = sortProducts(left, opinions?.size === 0 ? sorts[1] : sort, {
    personal,
    relevance,
  });
  const reasonOf = ({ id }: Product) => {
    const opinion = opinions?.get(id);
    return opinion && reasonText(opinion.reason, shop.catalog);
  };

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
        count={left.length}
        onDone={goToResults}
      />
      <section className={styles.results} aria-label={strings.browse.results}>
        <BrowseToolbar count={left.length} sorts={sorts} browse={browse} status={status} />
        <ActiveFilters
          filters={filters}
          browse={browse}
          currency={currency}
          focusAfter={focusAfter}
          onClear={clear}
        />
        {opinions === undefined && <ProductGridSkeleton count={Math.min(left.length, shown)} />}
        {opinions !== undefined && left.length > 0 && (
          <ProductGrid list={grid} products={sorted.slice(0, shown)} reasonOf={reasonOf} />
        )}
        {left.length === 0 && <NothingLeft onClear={clear} />}
        {opinions !== undefined && left.length > shown && (
          <button type="button" className={`button ${styles.more}`} onClick={showMore}>
            {strings.browse.more(Math.min(shown, left.length), left.length)}
          </button>
        )}
      </section>
    </div>
  );
}

function NothingLeft({ onClear }: { onClear: () => void }) {
  return (
    <div className="notice">
      <p>{strings.browse.nothingLeft}</p>
      <button type="button" className="button button--primary" onClick={onClear}>
        {strings.browse.clear}
      </button>
    </div>
  );
}
