import { strings } from "../strings.ts";
import { useFocusOnNavigation } from "../useFocusOnNavigation.ts";
import { useScrollMemory } from "../useScrollMemory.ts";
import { Footer } from "./Footer.tsx";
import { Header } from "./Header.tsx";
import { ToastList } from "./ToastList.tsx";

/** What stands around every page: skip link, header, footer, toasts. */
export function Layout({ children }: { children: React.ReactNode }) {
  const main = useFocusOnNavigation();
  useScrollMemory();
  return (
    <>
      <a className="skip-link" href="#content">
        {strings.skipToContent}
      </a>
      <Header />
      <main className="page" id="content" ref={main} tabIndex={-1}>
        {children}
      </main>
      <Footer />
      <ToastList />
    </>
  );
}
