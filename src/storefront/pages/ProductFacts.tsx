import { Check } from "lucide-react";
import type { Product } from "vitrine";
import { Link } from "wouter";
import { strings } from "../language/strings.ts";
import { Badge, FEW } from "../parts/Badge.tsx";
import { Price } from "../parts/Price.tsx";
import { Rating } from "../parts/Rating.tsx";
import { Versions } from "../parts/Versions.tsx";
import { resultsHref } from "../shop/addresses.ts";
import { ProductButtons } from "./ProductButtons.tsx";
import styles from "./ProductPage.module.css";

/** Everything next to the pictures: title, price, stock, what the shopper can do, description. */
export function ProductFacts({ product }: { product: Product }) {
  const { title, brand, description, stock } = product;
  return (
    <div className={styles.facts}>
      {brand && (
        <p className="soft">
          <Link href={resultsHref(brand)}>{brand}</Link>
        </p>
      )}
      <h1>{title}</h1>
      {product.rating && (
        <a href="#reviews" className={styles.rating}>
          <Rating rating={product.rating} />
        </a>
      )}
      <div className={styles.price}>
        <Price product={product} isLarge />
        {product.listPriceMinor && stock !== 0 && <Badge product={product} now={Date.now()} />}
      </div>
      <StockLine stock={stock} />
      <Versions product={product} />
      <ProductButtons product={product} />
      {description && (
        <section className={styles.description}>
          <h2>{strings.product.description}</h2>
          <p>{description}</p>
        </section>
      )}
    </div>
  );
}

function StockLine({ stock }: { stock: number | undefined }) {
  if (stock === 0) return <p className={styles.out}>{strings.card.soldOut}</p>;
  const isFew = stock !== undefined && stock <= FEW;
  return (
    <p className={styles.stock}>
      <Check aria-hidden="true" size={18} />{" "}
      {isFew ? strings.product.fewLeft(stock) : strings.product.inStock}
    </p>
  );
}
