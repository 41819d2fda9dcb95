import type { Product } from "../../engine/catalog.ts";
import { strings } from "../strings.ts";
import { Card } from "./Card.tsx";
import styles from "./ProductGrid.module.css";

interface ProductGridProps {
  products: readonly Product[];
  /** Why a product stands where it stands, where somebody chose its place. */
  reasonOf?: (product: Product) => string | undefined;
}

export function ProductGrid({ products, reasonOf }: ProductGridProps) {
  return (
    <>
      {/* Cards are headed at the third level, and headings leave out none. */}
      <h2 className="visually-hidden">{strings.browse.results}</h2>
      <ul className={styles.grid}>
        {products.map((product, index) => (
          <li key={product.id}>
            <Card product={product} reason={reasonOf?.(product)} isFirst={index < 4} />
          </li>
        ))}
      </ul>
    </>
  );
}
