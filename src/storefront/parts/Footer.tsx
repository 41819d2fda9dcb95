import { Link } from "wouter";
import { categoryName, strings } from "../language/strings.ts";
import { useShop } from "../ShopContext.tsx";
import styles from "./Footer.module.css";
import { Preferences } from "./Preferences.tsx";

export function Footer() {
  const { shop } = useShop();
  const { nav, footer } = strings;
  const pages = [
    ["/orders", nav.orders],
    ["/wishlist", nav.wishlist],
    ["/recent", nav.recent],
    ["/glass", nav.glass],
    ["/glass/data", nav.stored],
  ] as const;
  return (
    <footer className={styles.footer}>
      <div className={styles.columns}>
        <nav aria-label={footer.departments} className={styles.departments}>
          <h2>{nav.departments}</h2>
          <ul>
            {shop.departments.map(({ name, slug }) => (
              <li key={slug}>
                <Link href={`/department/${slug}`}>{categoryName(name)}</Link>
              </li>
            ))}
          </ul>
        </nav>
        <nav aria-label={footer.yours}>
          <h2>{footer.yours}</h2>
          <ul>
            {pages.map(([href, name]) => (
              <li key={href}>
                <Link href={href}>{name}</Link>
              </li>
            ))}
          </ul>
        </nav>
        <Preferences />
      </div>
      <p>
        {footer.demo} {footer.pictures}
      </p>
    </footer>
  );
}
