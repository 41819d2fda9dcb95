import { Link } from "wouter";
import { categoryName, strings } from "../language/strings.ts";
import { departmentHref } from "../shop/addresses.ts";
import { slugOf } from "../shop/shop.ts";
import styles from "./ProductPage.module.css";

/** Links to the shop, the department and the categories that a product is in. */
export function Breadcrumb({ path }: { path: readonly string[] }) {
  const department = slugOf(path[0] ?? "");
  return (
    <nav className={styles.breadcrumb} aria-label={strings.product.breadcrumb}>
      <ol>
        <li>
          <Link href="/">{strings.product.home}</Link>
        </li>
        {path.map((name, level) => (
          <li key={name}>
            <Link href={departmentHref(department, level > 0 ? name : undefined)}>
              {categoryName(name)}
            </Link>
          </li>
        ))}
      </ol>
    </nav>
  );
}
