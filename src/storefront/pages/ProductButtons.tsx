import { Heart, ThumbsDown } from "lucide-react";
import { useState } from "react";
import type { Product } from "vitrine";
import { strings } from "../language/strings.ts";
import { QuantitySelect } from "../parts/QuantitySelect.tsx";
import { useIsNotForMe, useShop, useShopState } from "../ShopContext.tsx";
import styles from "./ProductPage.module.css";

/** Buy, save, and "not for me". */
export function ProductButtons({ product }: { product: Product }) {
  return (
    <div className={styles.buttons}>
      <BuyButton product={product} />
      <WishButton product={product} />
      <NotForMeButton product={product} />
    </div>
  );
}

function BuyButton({ product }: { product: Product }) {
  const { actions } = useShop();
  const [quantity, setQuantity] = useState(1);
  const isSoldOut = product.stock === 0;
  return (
    <div className={styles.buying}>
      {!isSoldOut && (
        <QuantitySelect product={product} quantity={quantity} onChange={setQuantity} />
      )}
      <button
        type="button"
        className="button button--primary"
        disabled={isSoldOut}
        onClick={() => actions.add(product, quantity)}
      >
        {isSoldOut ? strings.card.soldOut : strings.card.addToCart}
      </button>
    </div>
  );
}

function WishButton({ product }: { product: Product }) {
  const { actions } = useShop();
  const isSaved = useShopState(({ wishlist }) => wishlist.includes(product.id));
  return (
    <button
      type="button"
      className="button"
      aria-pressed={isSaved}
      onClick={() => actions.toggleWish(product)}
    >
      <Heart aria-hidden="true" size={18} fill={isSaved ? "currentColor" : "none"} />
      {strings.nav.wishlist}
    </button>
  );
}

function NotForMeButton({ product }: { product: Product }) {
  const { actions } = useShop();
  const isNotForMe = useIsNotForMe(product.id);
  return (
    <button
      type="button"
      className="button"
      aria-pressed={isNotForMe}
      onClick={() => (isNotForMe ? actions.unhide(product) : actions.hide(product))}
    >
      <ThumbsDown aria-hidden="true" size={18} fill={isNotForMe ? "currentColor" : "none"} />
      {strings.product.notForMe}
    </button>
  );
}
