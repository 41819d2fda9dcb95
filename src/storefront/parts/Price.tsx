import type { Product } from "vitrine";
import { money } from "../language/format.ts";
import { strings } from "../language/strings.ts";
import styles from "./Price.module.css";

/** The price, and the list price struck through if there is a discount. */
export function Price({ product, isLarge = false }: { product: Product; isLarge?: boolean }) {
  const { priceMinor, listPriceMinor, currency } = product;
  const size = isLarge ? styles.large : undefined;
  if (listPriceMinor === undefined) return <p className={size}>{money(priceMinor, currency)}</p>;
  return (
    <p className={size}>
      <span className={styles.reduced}>{money(priceMinor, currency)}</span>{" "}
      <span className="visually-hidden">{strings.card.insteadOf}</span>
      <s className={styles.list}>{money(listPriceMinor, currency)}</s>
    </p>
  );
}
