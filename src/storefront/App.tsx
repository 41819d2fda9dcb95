import { lazy, Suspense, useEffect, useRef } from "react";
import { ErrorBoundary } from "react-error-boundary";
import { Redirect, Route, Router, Switch, useLocation } from "wouter";
import { aroundNav } from "./behavior/transition.ts";
import { language, strings } from "./language/strings.ts";
import { CartPage } from "./pages/CartPage.tsx";
import { CheckoutPage } from "./pages/CheckoutPage.tsx";
import { DepartmentPage } from "./pages/DepartmentPage.tsx";
import { Home } from "./pages/Home.tsx";
import { NotFound } from "./pages/NotFound.tsx";
import { OrderPage } from "./pages/OrderPage.tsx";
import { OrdersPage } from "./pages/OrdersPage.tsx";
import { ProductPage } from "./pages/ProductPage.tsx";
import { RecentPage } from "./pages/RecentPage.tsx";
import { SearchPage } from "./pages/SearchPage.tsx";
import { ShelfPage } from "./pages/ShelfPage.tsx";
import { WishlistPage } from "./pages/WishlistPage.tsx";
import { DemoBar } from "./parts/DemoBar.tsx";
import { FailedPage } from "./parts/FailedPage.tsx";
import { FailureNotice } from "./parts/FailureNotice.tsx";
import { Layout } from "./parts/Layout.tsx";
import { type Services, ShopProvider } from "./ShopContext.tsx";
import { decoded } from "./shop/addresses.ts";
import type { Shop } from "./shop/shop.ts";
import { useStore } from "./state/useStore.ts";

/** Few enter, so it loads when somebody does. */
const GlassRoom = lazy(() => import("./glass/GlassRoom.tsx"));

interface AppProps {
  /** Or why it could not be loaded. */
  shop: Shop | Error;
  services: Omit<Services, "shop">;
}

export function App({ shop, services }: AppProps) {
  // Another language renders everything below anew: texts are read while rendering.
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
            <Switch>
              <Route path="/">
                <Home />
              </Route>
              <Route path="/department/:slug">{({ slug }) => <DepartmentPage slug={slug} />}</Route>
              <Route path="/product/:id">{({ id }) => <ProductPage id={decoded(id)} />}</Route>
              <Route path="/search">
                <SearchPage />
              </Route>
              <Route path="/shelf/:strategy">
                {({ strategy }) => <ShelfPage strategy={strategy} />}
              </Route>
              <Route path="/cart">
                <CartPage />
              </Route>
              <Route path="/checkout">
                <CheckoutPage />
              </Route>
              <Route path="/orders">
                <OrdersPage />
              </Route>
              <Route path="/orders/:id">{({ id }) => <OrderPage id={decoded(id)} />}</Route>
              <Route path="/recent">
                <RecentPage />
              </Route>
              <Route path="/wishlist">
                <WishlistPage />
              </Route>
              <Route path="/stored">
                <Redirect to="/glass/data" replace />
              </Route>
              <Route path="/glass/*?">
                <Suspense fallback={<p role="status">{strings.loadingPage}</p>}>
                  <GlassRoom />
                </Suspense>
              </Route>
              <Route>
                <NotFound />
              </Route>
            </Switch>
          </PageBoundary>
        </Layout>
      </ShopProvider>
      {played && <DemoBar demo={demo} state={played} />}
    </Router>
  );
}

/** What one page fails of takes no other with it, and is over with the next address. */
function PageBoundary({ children }: { children: React.ReactNode }) {
  const [location] = useLocation();
  return (
    <ErrorBoundary FallbackComponent={FailedPage} resetKeys={[location]}>
      {children}
    </ErrorBoundary>
  );
}

/** The button that ended the demo is gone, and all around it is new. */
function useFocusAfterDemo(isPlayed: boolean): void {
  const wasPlayed = useRef(isPlayed);
  useEffect(() => {
    if (wasPlayed.current && !isPlayed) document.getElementById("content")?.focus();
    wasPlayed.current = isPlayed;
  }, [isPlayed]);
}
