import { useMemo } from "react";
import type { Product } from "vitrine";
import { useBelowTheFold } from "../behavior/useBelowTheFold.ts";
import { strings } from "../language/strings.ts";
import { Gallery } from "../parts/Gallery.tsx";
import { Reviews } from "../parts/Reviews.tsx";
import { useProductOf } from "../ShopContext.tsx";
import { Bundle } from "../shelves/Bundle.tsx";
import { ShelfRow } from "../shelves/ShelfRow.tsx";
import { NO_CARDS, type PlannedShelf } from "../shelves/shelfPlans.ts";
import { useShelves } from "../shelves/useShelves.ts";
import { Breadcrumb } from "./Breadcrumb.tsx";
import { NotFound } from "./NotFound.tsx";
import { ProductFacts } from "./ProductFacts.tsx";
import styles from "./ProductPage.module.css";
import { useAttention } from "./useAttention.ts";

export function ProductPage({ id }: { id: string }) {
  const product = useProductOf()(id);
  if (!product) {
    const { productTitle, product: text } = strings.notFound;
    return <NotFound title={productTitle} text={text} />;
  }
  return <KnownProduct key={id} product={product} />;
}

function KnownProduct({ product }: { product: Product }) {
  const { id, title, categoryPath } = product;
  useAttention(product);
  const plans = useMemo(() => plansFor(id), [id]);
  const { shelves, reroll } = useShelves(plans);
  const [together, related, because, recent] = shelves;
  const isBelowShown = useBelowTheFold();
  return (
    <>
      <title>{strings.pageTitle(title)}</title>
      <Breadcrumb path={categoryPath} />
      <article className={styles.product}>
        <Gallery product={product} />
        <ProductFacts product={product} />
      </article>
      <Bundle product={product} companions={(together ?? NO_CARDS).cards} />
      {isBelowShown && (
        <>
          <Reviews product={product} />
          <ShelfRow name="related" content={related} productId={id} onReroll={reroll} />
          <ShelfRow name="because-you-viewed" content={because ?? NO_CARDS} onReroll={reroll} />
          <ShelfRow name="recently-viewed" content={recent ?? NO_CARDS} />
        </>
      )}
    </>
  );
}

function plansFor(productId: string): PlannedShelf[] {
  return [
    { strategy: "bought-together", limit: 2, productId, atFirst: "nothing" },
    { strategy: "related", limit: 12, productId, atFirst: "skeleton" },
    { strategy: "because-you-viewed", limit: 12, productId, atFirst: "nothing" },
    { strategy: "recently-viewed", limit: 12, productId, atFirst: "nothing" },
  ];
}
