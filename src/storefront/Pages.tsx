import { lazy, Suspense } from "react";
import { Redirect, Route, Switch } from "wouter";
import { strings } from "./language/strings.ts";
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
import { decoded } from "./shop/addresses.ts";

/** Loaded when it is opened, which few visitors do. */
const GlassRoom = lazy(() => import("./glass/GlassRoom.tsx"));

/** The page that the address names. */
export function Pages() {
  return (
    <Switch>
      <Route path="/">
        <Home />
      </Route>
      <Route path="/department/:slug">{({ slug }) => <DepartmentPage slug={slug} />}</Route>
      <Route path="/product/:id">{({ id }) => <ProductPage id={decoded(id)} />}</Route>
      <Route path="/search">
        <SearchPage />
      </Route>
      <Route path="/shelf/:strategy">{({ strategy }) => <ShelfPage strategy={strategy} />}</Route>
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
  );
}
