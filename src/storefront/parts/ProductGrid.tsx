import type { Ref } from "react";
import type { Product } from "vitrine";
import { useBelowTheFold } from "../behavior/useBelowTheFold.ts";
import { strings } from "../language/strings.ts";
import { Card, CardSkeleton } from "./Card.tsx";
import styles from "./ProductGrid.module.css";

interface ProductGridProps {
  products: readonly Product[];
  /** The reason for a product's place, if its place was chosen for the shopper. */
  reasonOf?: (product: Product) => string | undefined;
  list?: Ref<HTMLUListElement>;
}

/** More cards than a wide screen shows at once. */
const ABOVE_THE_FOLD = 12;

export function ProductGrid({ products, reasonOf, list }: ProductGridProps) {
  const isBelowShown = useBelowTheFold();
  const shown = isBelowShown ? products : products.slice(0, ABOVE_THE_FOLD);
  return (
    <>
      {/* Cards have third-level headings, and no level may be skipped. */}
      <h2 className="visually-hidden">{strings.browse.results}</h2>
      <ul ref={list} className={reasonOf ? styles.grid : `${styles.grid} ${styles.plain}`}>
        {shown.map((product, index) => (
          <li key={product.id}>
            <Card product={product} reason={reasonOf?.(product)} isFirst={index < 4} />
          </li>
        ))}
      </ul>
    </>
  );
}

/** Keeps the places of `count` cards while their order is awaited. */
export function ProductGridSkeleton({ count }: { count: number }) {
  const places = Array.from({ length: count }, (_, place) => place);
  return (
    <ul className={styles.grid} aria-hidden="true">
      {places.map((place) => (
        <li key={place}>
          <CardSkeleton />
        </li>
      ))}
    </ul>
  );
}
