import { Eye, Heart, Package, ShoppingBag } from "lucide-react";
import { useRef } from "react";
import { Link } from "wouter";
import { categoryName, strings } from "../language/strings.ts";
import { useShop, useShopState } from "../ShopContext.tsx";
import { SearchBox, SearchBoxRoom } from "../search/SearchBox.tsx";
import styles from "./Header.module.css";
import { useShownInRow } from "./useShownInRow.ts";

const TOOLS = [
  { href: "/glass", name: "glass", Icon: Eye },
  { href: "/orders", name: "orders", Icon: Package },
  { href: "/wishlist", name: "wishlist", Icon: Heart },
] as const;

export function Header() {
  return (
    <header className={styles.header}>
      <div className={styles.bar}>
        <Logo />
        <SearchBox />
        <nav className={styles.tools} aria-label={strings.nav.label}>
          {TOOLS.map(({ href, name, Icon }) => (
            <Link key={href} href={href} className="icon-button" title={strings.nav[name]}>
              <Icon aria-hidden="true" size={20} />
              <span className="visually-hidden">{strings.nav[name]}</span>
            </Link>
          ))}
          <CartLink />
        </nav>
      </div>
      <Departments />
    </header>
  );
}

/** The header before the shop is loaded, with its final height. */
export function OpeningHeader() {
  return (
    <header className={styles.header}>
      <div className={styles.bar}>
        <Logo />
        <SearchBoxRoom />
        <div className={`${styles.tools} ${styles.toolsRoom}`} />
      </div>
      <div className={styles.departments}>
        <span className={styles.room} />
      </div>
    </header>
  );
}

function Logo() {
  return (
    <Link href="/" className={styles.logo}>
      <Mark />
    </Link>
  );
}

/** The shop's logo and name without a link. */
export function Sign() {
  return (
    <p className={styles.logo}>
      <Mark />
    </p>
  );
}

function Mark() {
  return (
    <>
      <img src="/favicon.svg" alt="" width={32} height={32} />
      {strings.shopName}
    </>
  );
}

function CartLink() {
  const cart = useShopState((shop) => shop.cart);
  const count = cart.reduce((sum, { quantity }) => sum + quantity, 0);
  return (
    <Link href="/cart" className={`icon-button ${styles.cart}`} title={strings.nav.cart}>
      <ShoppingBag aria-hidden="true" size={20} />
      <span className="visually-hidden">{strings.nav.cartCount(count)}</span>
      {count > 0 && (
        <span key={count} className={styles.count} aria-hidden="true">
          {count}
        </span>
      )}
    </Link>
  );
}

function Departments() {
  const { shop } = useShop();
  const row = useRef<HTMLUListElement>(null);
  useShownInRow(row);
  return (
    <nav aria-label={strings.nav.departments}>
      <ul className={`scroll-row ${styles.departments}`} ref={row}>
        {shop.departments.map(({ name, slug }) => (
          <li key={slug}>
            <Link
              href={`/department/${slug}`}
              className={(isActive) => (isActive ? `${styles.active}` : "")}
            >
              {categoryName(name)}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
