import { EmptyNotice } from "../parts/EmptyNotice.tsx";
import { ProductGrid } from "../parts/ProductGrid.tsx";
import { useEnginePart, useProductOf } from "../ShopContext.tsx";
import { strings } from "../strings.ts";
import { type ShelfPlan, useShelves } from "../useShelves.ts";

const PLANS: ShelfPlan[] = [{ strategy: "recently-viewed", limit: 100, atFirst: "skeleton" }];

/** What the shopper looked at, latest first, from the events on this device. */
export function RecentPage() {
  const failure = useEnginePart((state) => state.failure);
  const productOf = useProductOf();
  const cards = useShelves(PLANS).shelves[0]?.cards;
  const texts = strings.recent;
  const title = strings.nav.recent;
  if (cards === undefined && failure === undefined) {
    return (
      <>
        <title>{strings.pageTitle(title)}</title>
        <h1>{title}</h1>
        <p role="status">{texts.loading}</p>
      </>
    );
  }
  const products = (cards ?? []).map(({ productId }) => productOf(productId));
  const known = products.filter((product) => product !== undefined);
  if (known.length === 0) {
    return <EmptyNotice title={title} text={texts.empty} hint={texts.emptyHint} />;
  }
  return (
    <>
      <title>{strings.pageTitle(title)}</title>
      <h1>{title}</h1>
      <ProductGrid products={known} />
    </>
  );
}
