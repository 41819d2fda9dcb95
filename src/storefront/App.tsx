import { useEffect, useRef } from "react";
import { ErrorBoundary } from "react-error-boundary";
import { Router, useLocation } from "wouter";
import { aroundNav } from "./behavior/transition.ts";
import { language } from "./language/strings.ts";
import { Pages } from "./Pages.tsx";
import { DemoBar } from "./parts/DemoBar.tsx";
import { FailedPage } from "./parts/FailedPage.tsx";
import { FailureNotice } from "./parts/FailureNotice.tsx";
import { Layout } from "./parts/Layout.tsx";
import { type Services, ShopProvider } from "./ShopContext.tsx";
import type { Shop } from "./shop/shop.ts";
import { useStore } from "./state/useStore.ts";

interface AppProps {
  /** Or why it could not be loaded. */
  shop: Shop | Error;
  services: Omit<Services, "shop">;
}

export function App({ shop, services }: AppProps) {
  // Another language renders everything below again: texts are read while rendering.
  useStore(language);
  const { demo } = services;
  const played = useStore(demo);
  useFocusAfterDemo(played !== undefined);
  if (shop instanceof Error) return <FailureNotice error={shop} />;
  return (
    <Router aroundNav={aroundNav}>
      <ShopProvider
        key={played?.shopper ?? "visitor"}
        services={{ shop, ...services, ...played?.visitor }}
      >
        <Layout>
          <PageBoundary>
            <Pages />
          </PageBoundary>
        </Layout>
      </ShopProvider>
      {played && <DemoBar demo={demo} state={played} />}
    </Router>
  );
}

/** An error in one page leaves the rest of the shop working, and is gone at the next address. */
function PageBoundary({ children }: { children: React.ReactNode }) {
  const [location] = useLocation();
  return (
    <ErrorBoundary FallbackComponent={FailedPage} resetKeys={[location]}>
      {children}
    </ErrorBoundary>
  );
}

/** Ending the demo replaces the shop and the button that had the focus, so the content gets it. */
function useFocusAfterDemo(isPlayed: boolean): void {
  const wasPlayed = useRef(isPlayed);
  useEffect(() => {
    if (wasPlayed.current && !isPlayed) document.getElementById("content")?.focus();
    wasPlayed.current = isPlayed;
  }, [isPlayed]);
}
