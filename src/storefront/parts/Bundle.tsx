import { Plus, ShoppingBag } from "lucide-react";
import { Fragment, useId } from "react";
import { Link } from "wouter";
import type { Product } from "../../engine/catalog.ts";
import { money } from "../format.ts";
import { useProductOf, useShop } from "../ShopContext.tsx";
import { strings } from "../strings.ts";
import type { CardContent } from "../useShelves.ts";
import { useStore } from "../useStore.ts";
import styles from "./Bundle.module.css";
import { Picture } from "./Picture.tsx";
import { Price } from "./Price.tsx";

interface BundleProps {
  product: Product;
  companions: readonly CardContent[];
}

/** A product and what goes well with it, to be put into the cart with one click. */
export function Bundle({ product, companions }: BundleProps) {
  const headingId = useId();
  const { actions, hidden } = useShop();
  const hiddenIds = useStore(hidden);
  const productOf = useProductOf();
  const others = companions
    .map(({ productId }) => productOf(productId))
    .filter((other) => other !== undefined && !hiddenIds.has(other.id));
  if (product.stock === 0 || others.length === 0) return null;
  const all = [product, ...others.filter((other) => other !== undefined)];
  const sumMinor = all.reduce((sum, { priceMinor }) => sum + priceMinor, 0);
  return (
    <section className={styles.bundle} aria-labelledby={headingId} data-shelf="bought-together">
      <h2 id={headingId}>{strings.shelf.names["bought-together"]}</h2>
      <div className={styles.row}>
        <ul className={styles.products}>
          {all.map((one, index) => (
            <Fragment key={one.id}>
              {index > 0 && (
                <li className={styles.plus} aria-hidden="true">
                  <Plus size={20} />
                </li>
              )}
              <li className={styles.product} data-product-id={one.id}>
                <Picture product={one} alt="" />
                <div>
                  {index === 0 ? (
                    <span>{strings.shelf.thisOne}</span>
                  ) : (
                    <Link href={`/product/${encodeURIComponent(one.id)}`}>{one.title}</Link>
                  )}
                  <Price product={one} />
                </div>
              </li>
            </Fragment>
          ))}
        </ul>
        <div className={styles.sum}>
          <p>{strings.shelf.sum(money(sumMinor, product.currency))}</p>
          <button
            type="button"
            className="button button--primary"
            onClick={() => actions.addAll(all)}
          >
            <ShoppingBag aria-hidden="true" size={18} />
            {strings.shelf.addAll(all.length)}
          </button>
        </div>
      </div>
    </section>
  );
}
