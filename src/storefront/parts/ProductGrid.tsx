import type { Ref } from "react";
import type { Product } from "vitrine";
import { useBelowTheFold } from "../behavior/useBelowTheFold.ts";
import { strings } from "../language/strings.ts";
import { Card, CardSkeleton } from "./Card.tsx";
import styles from "./ProductGrid.module.css";

interface ProductGridProps {
  products: readonly Product[];
  /** Why a product stands where it stands, where somebody chose its place. */
  reasonOf?: (product: Product) => string | undefined;
  list?: Ref<HTMLUListElement>;
}

/** More than a wide screen shows at once. */
const ABOVE_THE_FOLD = 12;

export function ProductGrid({ products, reasonOf, list }: ProductGridProps) {
  const isBelowShown = useBelowTheFold();
  const shown = isBelowShown ? products : products.slice(0, ABOVE_THE_FOLD);
  return (
    <>
      {/* Cards are headed at the third level, and headings leave out none. */}
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

/** Holds the places of so many cards while their order is awaited. */
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
