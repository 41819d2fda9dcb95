import { useMemo } from "react";
import { useSearchParams } from "wouter";
import { ProductBrowser } from "../browse/ProductBrowser.tsx";
import { errorText } from "../language/messageText.ts";
import { strings } from "../language/strings.ts";
import { EmptyNotice } from "../parts/EmptyNotice.tsx";
import { ProductGrid } from "../parts/ProductGrid.tsx";
import { useProductOf, useShop } from "../ShopContext.tsx";
import type { ProductSearch } from "../search/productSearch.ts";
import { useProductSearch } from "../search/useProductSearch.ts";

const SORTS = ["for-you", "relevance", "price-up", "price-down", "rating", "newest"] as const;
/** Number of popular products under a search without results. */
const INSTEAD = 8;

export function SearchPage() {
  const query = (useSearchParams()[0].get("q") ?? "").trim();
  const search = useProductSearch();
  const texts = strings.search;
  if (query === "") {
    return <EmptyNotice title={texts.title} text={texts.empty} hint={texts.emptyHint} />;
  }
  return (
    <>
      <title>{strings.pageTitle(texts.resultsFor(query))}</title>
      <h1>{texts.resultsFor(query)}</h1>
      {search === undefined && <p role="status">{texts.loading}</p>}
      {search instanceof Error && <p role="alert">{texts.failed(errorText(search))}</p>}
      {search !== undefined && !(search instanceof Error) && (
        <Results key={query} query={query} search={search} />
      )}
    </>
  );
}

function Results({ query, search }: { query: string; search: ProductSearch }) {
  const { shop } = useShop();
  const productOf = useProductOf();
  const { relevance, instead } = useMemo(() => search.find(query), [search, query]);
  const products = useMemo(
    () => [...relevance.keys()].map(productOf).filter((product) => product !== undefined),
    [relevance, productOf],
  );
  if (products.length === 0) {
    return (
      <>
        <p>{strings.search.nothing(query)}</p>
        <h2>{strings.search.popular}</h2>
        <ProductGrid products={shop.popular.slice(0, INSTEAD)} />
      </>
    );
  }
  return (
    <>
      {instead !== undefined && <p>{strings.search.instead(query, instead)}</p>}
      <ProductBrowser products={products} sorts={SORTS} categoryLevel={0} relevance={relevance} />
    </>
  );
}
