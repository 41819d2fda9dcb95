import { NEW_MS, type Product } from "vitrine";
import { discount } from "../language/format.ts";
import { strings } from "../language/strings.ts";
import styles from "./Badge.module.css";

/** A stock this low is mentioned. */
export const FEW = 5;

/** The most important fact about a product's price, stock or age, if any. */
export function Badge({ product, now }: { product: Product; now: number }) {
  const { stock, addedAt } = product;
  const percent = discount(product);
  if (stock === 0) return <span className={styles.badge}>{strings.card.soldOut}</span>;
  if (percent !== undefined) {
    return <span className={`${styles.badge} ${styles.sale}`}>{strings.card.sale(percent)}</span>;
  }
  if (stock !== undefined && stock <= FEW) {
    return <span className={styles.badge}>{strings.card.fewLeft(stock)}</span>;
  }
  if (addedAt !== undefined && now - Date.parse(addedAt) < NEW_MS) {
    return <span className={`${styles.badge} ${styles.new}`}>{strings.card.isNew}</span>;
  }
  return null;
}
