import { Trash2 } from "lucide-react";
import { Link } from "wouter";
import { money } from "../language/format.ts";
import { strings } from "../language/strings.ts";
import { EmptyNotice } from "../parts/EmptyNotice.tsx";
import { Picture } from "../parts/Picture.tsx";
import { Price } from "../parts/Price.tsx";
import { QuantitySelect } from "../parts/QuantitySelect.tsx";
import { useShop } from "../ShopContext.tsx";
import { ForYouShelf } from "../shelves/ForYouShelf.tsx";
import { useCart } from "../state/useCart.ts";
import styles from "./CartPage.module.css";

export function CartPage() {
  const { actions } = useShop();
  const { lines, totalMinor, savedMinor, currency } = useCart();
  const texts = strings.cart;
  if (lines.length === 0) {
    return <EmptyNotice title={texts.title} text={texts.empty} hint={texts.emptyHint} />;
  }
  return (
    <>
      <title>{strings.pageTitle(texts.title)}</title>
      <h1>{texts.title}</h1>
      <ul className={styles.lines}>
        {lines.map(({ product, quantity }) => (
          <li key={product.id} className={styles.line}>
            <Picture product={product} alt="" />
            <div className={styles.facts}>
              <Link href={`/product/${encodeURIComponent(product.id)}`}>{product.title}</Link>
              <Price product={product} />
            </div>
            <QuantitySelect
              product={product}
              quantity={quantity}
              onChange={(wanted) => actions.setQuantity(product, wanted)}
            />
            <p className={styles.amount}>
              {money(product.priceMinor * quantity, product.currency)}
            </p>
            <button
              type="button"
              className="icon-button"
              aria-label={texts.removeNamed(product.title)}
              title={texts.remove}
              onClick={() => actions.setQuantity(product, 0)}
            >
              <Trash2 aria-hidden="true" size={20} />
            </button>
          </li>
        ))}
      </ul>
      <div className={styles.total}>
        <p>
          {texts.total} <b>{money(totalMinor, currency)}</b>
        </p>
        {savedMinor > 0 && (
          <p className={styles.saved}>{texts.saved(money(savedMinor, currency))}</p>
        )}
        <Link href="/checkout" className="button button--primary">
          {texts.checkout}
        </Link>
      </div>
      <ForYouShelf />
    </>
  );
}
