import type { Product } from "vitrine";
import { Link } from "wouter";
import { money } from "../language/format.ts";
import { strings } from "../language/strings.ts";
import { useShop } from "../ShopContext.tsx";
import { Picture } from "./Picture.tsx";
import styles from "./Versions.module.css";

/** The variants of a product, each with a page, a price and a stock of its own. */
export function Versions({ product }: { product: Product }) {
  const { catalog } = useShop().shop;
  const { groupId } = product;
  if (groupId === undefined) return null;
  const versions = catalog.products.filter((other) => other.groupId === groupId);
  if (versions.length < 2) return null;
  return (
    <nav className={styles.versions} aria-labelledby="versions">
      <h2 id="versions">{strings.productPage.versions}</h2>
      <ul>
        {versions.map((version) => (
          <li key={version.id}>
            <Link
              href={`/product/${encodeURIComponent(version.id)}`}
              aria-current={version.id === product.id ? "page" : undefined}
            >
              <Picture product={version} alt="" />
              <span>
                {version.title}
                <small>
                  {version.stock === 0
                    ? strings.card.soldOut
                    : money(version.priceMinor, version.currency)}
                </small>
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
