import { Plus, ShoppingBag } from "lucide-react";
import { useId, useState } from "react";
import type { Product } from "vitrine";
import { Link } from "wouter";
import { money } from "../language/format.ts";
import { strings } from "../language/strings.ts";
import { Badge } from "../parts/Badge.tsx";
import { Picture } from "../parts/Picture.tsx";
import { Price } from "../parts/Price.tsx";
import { Rating } from "../parts/Rating.tsx";
import { useShop } from "../ShopContext.tsx";
import { useStore } from "../state/useStore.ts";
import styles from "./Bundle.module.css";
import type { ShopCard } from "./shelfPlans.ts";

interface BundleProps {
  product: Product;
  companions: readonly ShopCard[];
}

/** A product and its companions, except those unchecked, to add to the cart with one click. */
export function Bundle({ product, companions }: BundleProps) {
  const headingId = useId();
  const { actions, hidden } = useShop();
  const said = useStore(hidden);
  const [leftOut, setLeftOut] = useState<ReadonlySet<string>>(new Set());
  const others = companions.map((card) => card.product).filter(({ id }) => !said.get(id));
  if (product.stock === 0 || others.length === 0) return null;
  const isTicked = ({ id, stock }: Product) => stock !== 0 && !leftOut.has(id);
  const chosen = [product, ...others.filter(isTicked)];
  const sumMinor = chosen.reduce((sum, { priceMinor }) => sum + priceMinor, 0);

  function tick({ id }: Product, isIn: boolean): void {
    const next = new Set(leftOut);
    if (isIn) next.delete(id);
    else next.add(id);
    setLeftOut(next);
  }

  return (
    <section className={styles.bundle} aria-labelledby={headingId} data-shelf="bought-together">
      <h2 id={headingId}>{strings.shelf.names["bought-together"]}</h2>
      <div className={styles.row}>
        <ul className={styles.products}>
          <li className={styles.product} data-product-id={product.id}>
            <Picture product={product} alt="" />
            <div>
              <span>{strings.shelf.thisOne}</span>
              <Price product={product} />
            </div>
          </li>
          {others.map((other) => (
            <Companion
              key={other.id}
              product={other}
              isTicked={isTicked(other)}
              onTick={(isIn) => tick(other, isIn)}
            />
          ))}
        </ul>
        <div className={styles.sum}>
          <p aria-live="polite">{strings.shelf.sum(money(sumMinor, product.currency))}</p>
          <button
            type="button"
            className="button button--primary"
            onClick={() => actions.addAll(chosen)}
          >
            <ShoppingBag aria-hidden="true" size={18} />
            {strings.shelf.addAll(chosen.length, others.length + 1)}
          </button>
        </div>
      </div>
    </section>
  );
}

interface CompanionProps {
  product: Product;
  isTicked: boolean;
  onTick: (isIn: boolean) => void;
}

function Companion({ product, isTicked, onTick }: CompanionProps) {
  const { id, title, rating, stock } = product;
  return (
    <>
      <li className={styles.plus} aria-hidden="true">
        <Plus size={20} />
      </li>
      <li className={styles.product} data-product-id={id}>
        <label className={styles.choice}>
          <input
            type="checkbox"
            aria-label={strings.shelf.with(title)}
            checked={isTicked}
            disabled={stock === 0}
            onChange={({ target }) => onTick(target.checked)}
          />
          <Picture product={product} alt="" />
        </label>
        <div>
          <Link href={`/product/${encodeURIComponent(id)}`}>{title}</Link>
          <Rating rating={rating} />
          {stock === 0 ? <Badge product={product} now={Date.now()} /> : <Price product={product} />}
        </div>
      </li>
    </>
  );
}
