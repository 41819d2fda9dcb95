import { Database, Heart, Monitor, Moon, ShoppingCart, Sun } from "lucide-react";
import { useEffect, useRef } from "react";
import { Link, useLocation } from "wouter";
import { useShop, useShopState } from "../ShopContext.tsx";
import { storage } from "../storage.ts";
import { categoryName, strings } from "../strings.ts";
import { type Theme, useTheme } from "../useTheme.ts";
import { LanguageSelect } from "./LanguageSelect.tsx";
import styles from "./Layout.module.css";
import { ToastList } from "./ToastList.tsx";

const THEME_ICONS: Record<Theme, typeof Sun> = { system: Monitor, light: Sun, dark: Moon };

/** What stands around every page: skip link, header, footer, toasts. */
export function Layout({ children }: { children: React.ReactNode }) {
  const main = useFocusOnNavigation();
  return (
    <>
      <a className="skip-link" href="#content">
        {strings.skipToContent}
      </a>
      <Header />
      <main className="page" id="content" ref={main} tabIndex={-1}>
        {children}
      </main>
      <footer className={styles.footer}>
        <LanguageSelect />
        <p>{strings.footer.demo}</p>
        <p>{strings.footer.pictures}</p>
      </footer>
      <ToastList />
    </>
  );
}

function Header() {
  const { cart } = useShopState();
  const { shop } = useShop();
  const [theme, nextTheme] = useTheme(storage);
  const count = cart.reduce((sum, { quantity }) => sum + quantity, 0);
  const ThemeIcon = THEME_ICONS[theme];
  return (
    <header className={styles.header}>
      <div className={styles.bar}>
        <Link href="/" className={styles.logo}>
          <img src="/favicon.svg" alt="" width={32} height={32} />
          {strings.shopName}
        </Link>
        <nav className={styles.tools} aria-label={strings.nav.label}>
          <button
            type="button"
            className="icon-button"
            aria-label={strings.nav.theme[theme]}
            title={strings.nav.theme[theme]}
            onClick={nextTheme}
          >
            <ThemeIcon aria-hidden="true" size={20} />
          </button>
          <Link href="/stored" className={`icon-button ${styles.tool}`} title={strings.nav.stored}>
            <Database aria-hidden="true" size={20} />
            <span className="visually-hidden">{strings.nav.stored}</span>
          </Link>
          <Link href="/wishlist" className="icon-button" title={strings.nav.wishlist}>
            <Heart aria-hidden="true" size={20} />
            <span className="visually-hidden">{strings.nav.wishlist}</span>
          </Link>
          <Link href="/cart" className={`icon-button ${styles.cart}`} title={strings.nav.cart}>
            <ShoppingCart aria-hidden="true" size={20} />
            <span className="visually-hidden">{strings.nav.cartCount(count)}</span>
            {count > 0 && (
              <span className={styles.count} aria-hidden="true">
                {count}
              </span>
            )}
          </Link>
        </nav>
      </div>
      <nav aria-label={strings.nav.departments}>
        <ul className={styles.departments}>
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
    </header>
  );
}

/**
 * On a link followed: to the top, with the focus on the new content. Not on the first page, nor on
 * back and forward, where the browser restores the place.
 */
function useFocusOnNavigation(): React.RefObject<HTMLElement | null> {
  const main = useRef<HTMLElement>(null);
  const [location] = useLocation();
  const last = useRef({ location, isByHistory: false });
  useEffect(() => {
    const note = () => {
      last.current.isByHistory = true;
    };
    addEventListener("popstate", note);
    return () => removeEventListener("popstate", note);
  }, []);
  useEffect(() => {
    if (last.current.location === location) return;
    const { isByHistory } = last.current;
    last.current = { location, isByHistory: false };
    if (isByHistory) return;
    scrollTo({ top: 0, behavior: "instant" });
    main.current?.focus({ preventScroll: true });
  }, [location]);
  return main;
}
