import type { Product } from "../../engine/catalog.ts";
import { Card } from "./Card.tsx";
import styles from "./ProductGrid.module.css";

export function ProductGrid({ products }: { products: readonly Product[] }) {
  return (
    <ul className={styles.grid}>
      {products.map((product, index) => (
        <li key={product.id}>
          <Card product={product} isFirst={index < 4} />
        </li>
      ))}
    </ul>
  );
}
