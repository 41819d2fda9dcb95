import { Heart, Sparkles, ThumbsDown } from "lucide-react";
import { memo } from "react";
import type { Product } from "vitrine";
import { Link } from "wouter";
import { language, strings } from "../language/strings.ts";
import { useIsHidden, useShop, useShopState } from "../ShopContext.tsx";
import { useStore } from "../state/useStore.ts";
import { Badge } from "./Badge.tsx";
import styles from "./Card.module.css";
import { Picture } from "./Picture.tsx";
import { Price } from "./Price.tsx";
import { Rating } from "./Rating.tsx";

interface CardProps {
  product: Product;
  /** One line on why it is recommended. */
  reason?: string | undefined;
  /** Whether it is above the fold, so that its picture is loaded first. */
  isFirst?: boolean;
  /** Called with the card's element, to notice when it is seen. */
  watch?: (card: Element | null) => void;
}

/**
 * One product on a shelf or in a list, with the reason for it and what the shopper can do with it.
 * A page has about a hundred of them, so each renders again only when something about it changes.
 */
export const Card = memo(function Card({ product, reason, isFirst = false, watch }: CardProps) {
  useStore(language);
  const { id, title, brand, stock } = product;
  const { actions } = useShop();
  if (useIsHidden(id)) return <HiddenCard product={product} />;
  return (
    <article className={styles.card} data-product-id={id} ref={watch}>
      <div className={styles.picture}>
        <Picture product={product} alt="" isFirst={isFirst} />
        <div className={styles.badge}>
          <Badge product={product} now={Date.now()} />
        </div>
      </div>
      <div className={styles.facts}>
        <p className={styles.brand}>{brand}</p>
        <h3 className={styles.title}>
          <Link href={`/product/${encodeURIComponent(id)}`}>{title}</Link>
        </h3>
        <Rating rating={product.rating} />
        <div className={styles.price}>
          <Price product={product} />
        </div>
        {reason !== undefined && (
          <p className={styles.reason}>
            <Sparkles aria-hidden="true" size={14} />
            <span>{reason}</span>
          </p>
        )}
      </div>
      <button
        type="button"
        className={`button ${styles.add}`}
        disabled={stock === 0}
        aria-label={stock === 0 ? undefined : strings.card.addNamed(title)}
        onClick={() => actions.add(product)}
      >
        {stock === 0 ? strings.card.soldOut : strings.card.addToCart}
      </button>
      <CardCorner product={product} />
    </article>
  );
});

function CardCorner({ product }: { product: Product }) {
  const { id, title } = product;
  const { actions } = useShop();
  const isSaved = useShopState(({ wishlist }) => wishlist.includes(id));
  return (
    <div className={styles.corner}>
      <button
        type="button"
        className={`icon-button ${styles.round}`}
        aria-pressed={isSaved}
        aria-label={isSaved ? strings.card.unsave(title) : strings.card.save(title)}
        onClick={() => actions.toggleWish(product)}
      >
        <Heart aria-hidden="true" size={18} fill={isSaved ? "currentColor" : "none"} />
      </button>
      <button
        type="button"
        className={`icon-button ${styles.round}`}
        aria-label={strings.card.hide(title)}
        onClick={() => actions.hide(product)}
      >
        <ThumbsDown aria-hidden="true" size={18} />
      </button>
    </div>
  );
}

/** Keeps the place of a card marked "not for me", and offers to undo that. */
function HiddenCard({ product }: { product: Product }) {
  const { actions } = useShop();
  return (
    <article className={`${styles.card} ${styles.hidden}`}>
      <p>{strings.card.hidden}</p>
      <button
        type="button"
        className="button"
        aria-label={strings.card.undoHide(product.title)}
        onClick={() => actions.unhide(product)}
      >
        {strings.card.undo}
      </button>
    </article>
  );
}

/** Holds a card's place until the recommender has answered. */
export function CardSkeleton() {
  return (
    <div className={`${styles.card} ${styles.skeleton}`} aria-hidden="true">
      <div className={styles.picture} />
      <div className={styles.facts} />
    </div>
  );
}
