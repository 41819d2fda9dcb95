import type { Product, ShopEvent } from "vitrine";
import { daysFromNow } from "../language/format.ts";
import { strings } from "../language/strings.ts";
import { EmptyNotice } from "../parts/EmptyNotice.tsx";
import { ProductGrid } from "../parts/ProductGrid.tsx";
import { useEnginePart, useProductOf } from "../ShopContext.tsx";
import { useHistory } from "../state/useHistory.ts";

/** The number of events to read, and the maximum of products to show. */
const MAX_EVENTS = 5000;
const MAX_PRODUCTS = 100;

/** Every product that the shopper has viewed, latest first. */
export function RecentPage() {
  const failure = useEnginePart((state) => state.failure);
  const productOf = useProductOf();
  const past = useHistory((recommender) => recommender.inspect(MAX_EVENTS));
  const texts = strings.recent;
  const title = strings.nav.recent;
  if (past === undefined && failure === undefined) {
    return (
      <>
        <title>{strings.pageTitle(title)}</title>
        <h1>{title}</h1>
        <p role="status">{texts.loading}</p>
      </>
    );
  }
  const views = latestViews(past?.events ?? []);
  const known = [...views.keys()].map(productOf).filter((product) => product !== undefined);
  if (known.length === 0) {
    return <EmptyNotice title={title} text={texts.empty} hint={texts.emptyHint} />;
  }
  const viewedOf = ({ id }: Product) => texts.viewed(daysFromNow(views.get(id)! - Date.now()));
  return (
    <>
      <title>{strings.pageTitle(title)}</title>
      <h1>{title}</h1>
      <ProductGrid products={known.slice(0, MAX_PRODUCTS)} reasonOf={viewedOf} />
    </>
  );
}

/** When each product was last viewed, by id, latest first. @param events newest first */
function latestViews(events: readonly ShopEvent[]): Map<string, number> {
  const views = new Map<string, number>();
  for (const event of events) {
    if (event.type !== "view" || views.has(event.productId)) continue;
    views.set(event.productId, event.at);
  }
  return views;
}
