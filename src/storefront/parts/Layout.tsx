import { useRef } from "react";
import { useFocusOnNavigation } from "../behavior/useFocusOnNavigation.ts";
import { useKeptFocus } from "../behavior/useKeptFocus.ts";
import { useScrollMemory } from "../behavior/useScrollMemory.ts";
import { strings } from "../language/strings.ts";
import { Footer } from "./Footer.tsx";
import { Header } from "./Header.tsx";
import { ToastList } from "./ToastList.tsx";

/** The frame of every page: skip link, header, footer, toasts. */
export function Layout({ children }: { children: React.ReactNode }) {
  const content = useRef<HTMLElement>(null);
  useFocusOnNavigation(content);
  useKeptFocus(content);
  const spacer = useScrollMemory(content);
  return (
    <>
      <a className="skip-link" href="#content">
        {strings.skipToContent}
      </a>
      <Header />
      <main className="page" id="content" ref={content} tabIndex={-1}>
        {children}
      </main>
      <div ref={spacer} />
      <Footer />
      <ToastList />
    </>
  );
}
