import { Check, Heart, ThumbsDown } from "lucide-react";
import { useEffect, useMemo, useRef, useState } from "react";
import { LONG_DWELL_MS, type Product, watchDwell } from "vitrine";
import { Link } from "wouter";
import { useBelowTheFold } from "../behavior/useBelowTheFold.ts";
import { categoryName, strings } from "../language/strings.ts";
import { Badge, FEW } from "../parts/Badge.tsx";
import { Gallery } from "../parts/Gallery.tsx";
import { Price } from "../parts/Price.tsx";
import { QuantitySelect } from "../parts/QuantitySelect.tsx";
import { Rating } from "../parts/Rating.tsx";
import { Reviews } from "../parts/Reviews.tsx";
import { Versions } from "../parts/Versions.tsx";
import { useIsNotForMe, useProductOf, useShop, useShopState } from "../ShopContext.tsx";
import { Bundle } from "../shelves/Bundle.tsx";
import { ShelfRow } from "../shelves/ShelfRow.tsx";
import { NO_CARDS, type PlannedShelf } from "../shelves/shelfPlans.ts";
import { useShelves } from "../shelves/useShelves.ts";
import { departmentHref, resultsHref } from "../shop/addresses.ts";
import { slugOf } from "../shop/shop.ts";
import { NotFound } from "./NotFound.tsx";
import styles from "./ProductPage.module.css";

export function ProductPage({ id }: { id: string }) {
  const product = useProductOf()(id);
  if (!product) {
    const { productTitle, product: text } = strings.notFound;
    return <NotFound title={productTitle} text={text} />;
  }
  return <KnownProduct key={id} product={product} />;
}

function KnownProduct({ product }: { product: Product }) {
  const { actions } = useShop();
  const { id, title, brand, description, stock } = product;
  const isSaved = useShopState(({ wishlist }) => wishlist.includes(id));
  const isNotForMe = useIsNotForMe(id);
  const [quantity, setQuantity] = useState(1);
  useAttention(product);
  const plans = useMemo<PlannedShelf[]>(
    () => [
      { strategy: "bought-together", limit: 2, productId: id, atFirst: "nothing" },
      { strategy: "related", limit: 12, productId: id, atFirst: "skeleton" },
      { strategy: "because-you-viewed", limit: 12, productId: id, atFirst: "nothing" },
      { strategy: "recently-viewed", limit: 12, productId: id, atFirst: "nothing" },
    ],
    [id],
  );
  const { shelves, reroll } = useShelves(plans);
  const [together, related, because, recent] = shelves;
  const isBelowShown = useBelowTheFold();
  return (
    <>
      <title>{strings.pageTitle(title)}</title>
      <Breadcrumb path={product.categoryPath} />
      <article className={styles.product}>
        <Gallery product={product} />
        <div className={styles.facts}>
          {brand && (
            <p className="soft">
              <Link href={resultsHref(brand)}>{brand}</Link>
            </p>
          )}
          <h1>{title}</h1>
          {product.rating && (
            <a href="#reviews" className={styles.rating}>
              <Rating rating={product.rating} />
            </a>
          )}
          <div className={styles.price}>
            <Price product={product} isLarge />
            {product.listPriceMinor && stock !== 0 && <Badge product={product} now={Date.now()} />}
          </div>
          <p className={stock === 0 ? styles.out : styles.stock}>{stockText(stock)}</p>
          <Versions product={product} />
          <div className={styles.buttons}>
            <div className={styles.buying}>
              {stock !== 0 && (
                <QuantitySelect product={product} quantity={quantity} onChange={setQuantity} />
              )}
              <button
                type="button"
                className="button button--primary"
                disabled={stock === 0}
                onClick={() => actions.add(product, quantity)}
              >
                {stock === 0 ? strings.card.soldOut : strings.card.addToCart}
              </button>
            </div>
            <button
              type="button"
              className="button"
              aria-pressed={isSaved}
              onClick={() => actions.toggleWish(product)}
            >
              <Heart aria-hidden="true" size={18} fill={isSaved ? "currentColor" : "none"} />
              {strings.nav.wishlist}
            </button>
            <button
              type="button"
              className="button"
              aria-pressed={isNotForMe}
              onClick={() => (isNotForMe ? actions.unhide(product) : actions.hide(product))}
            >
              <ThumbsDown
                aria-hidden="true"
                size={18}
                fill={isNotForMe ? "currentColor" : "none"}
              />
              {strings.product.notForMe}
            </button>
          </div>
          {description && (
            <section className={styles.description}>
              <h2>{strings.product.description}</h2>
              <p>{description}</p>
            </section>
          )}
        </div>
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

  function stockText(count: number | undefined): React.ReactNode {
    if (count === 0) return strings.card.soldOut;
    const text = count !== undefined && count <= FEW ? strings.product.fewLeft(count) : undefined;
    return (
      <>
        <Check aria-hidden="true" size={18} /> {text ?? strings.product.inStock}
      </>
    );
  }
}

/** Tells the recommender that this product is looked at and, after a while, that it holds attention. */
function useAttention({ id }: Product): void {
  const { engine } = useShop();
  const viewed = useRef("");
  useEffect(() => {
    if (viewed.current === id) return; // React's strict mode runs effects twice.
    viewed.current = id;
    engine.observe({ type: "view", productId: id });
  }, [engine, id]);
  useEffect(
    () =>
      watchDwell(LONG_DWELL_MS, (dwellMs) =>
        engine.observe({ type: "dwell", productId: id, dwellMs }),
      ),
    [engine, id],
  );
}

function Breadcrumb({ path }: { path: readonly string[] }) {
  const department = slugOf(path[0] ?? "");
  return (
    <nav className={styles.breadcrumb} aria-label={strings.product.breadcrumb}>
      <ol>
        <li>
          <Link href="/">{strings.product.home}</Link>
        </li>
        {path.map((name, level) => (
          <li key={name}>
            <Link href={departmentHref(department, level > 0 ? name : undefined)}>
              {categoryName(name)}
            </Link>
          </li>
        ))}
      </ol>
    </nav>
  );
}
