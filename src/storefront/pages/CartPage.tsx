import { Trash2 } from "lucide-react";
import { Link } from "wouter";
import { money } from "../format.ts";
import { EmptyNotice } from "../parts/EmptyNotice.tsx";
import { ForYouShelf } from "../parts/ForYouShelf.tsx";
import { Picture } from "../parts/Picture.tsx";
import { Price } from "../parts/Price.tsx";
import { useShop } from "../ShopContext.tsx";
import { MOST_OF_ONE } from "../shopState.ts";
import { strings } from "../strings.ts";
import { useCart } from "../useCart.ts";
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
            <select
              aria-label={texts.quantity(product.title)}
              value={quantity}
              onChange={(event) => actions.setQuantity(product, Number(event.target.value))}
            >
              {quantitiesFor(product.stock, quantity).map((count) => (
                <option key={count} value={count}>
                  {count}
                </option>
              ))}
            </select>
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

/** 1 to 10, or fewer where fewer are on hand; and the quantity there is already. */
function quantitiesFor(stock: number | undefined, quantity: number): number[] {
  const most = Math.max(quantity, Math.min(stock ?? MOST_OF_ONE, 10));
  return Array.from({ length: most }, (_, index) => index + 1);
}
