import { renderToStaticMarkup } from "react-dom/server";
import { Router } from "wouter";
import { App } from "./App.tsx";
import { createDemo } from "./demo/demo.ts";
import { strings } from "./language/strings.ts";
import { shopOf } from "./shop/shop.ts";
import { createShopperStorage } from "./state/shopperStorage.ts";
import { createStore } from "./state/store.ts";
import { createToasts } from "./state/toasts.ts";
import { createVisitor } from "./state/visitor.ts";

/** The part of a page above the fold that a new shopper sees before any script has run. */
export interface PrerenderedPage {
  path: string;
  /** Whether its cards are personal, so that a returning shopper must not see these. */
  isPersonal: boolean;
  /** The page's title, and preloads of its first pictures. */
  head: string;
  body: string;
}

/** The pages to prerender: those that depend only on the shop's files, and that people land on. */
export function prerenderPages(catalogFile: unknown, packBytes: ArrayBuffer): PrerenderedPage[] {
  const shop = shopOf(catalogFile, packBytes);
  const render = (path: string, isPersonal: boolean): PrerenderedPage => {
    const markup = renderToStaticMarkup(
      <Router ssrPath={path}>
        <p className="visually-hidden" role="status">
          {strings.loadingShop}
        </p>
        <div className="prerendered" inert aria-hidden="true">
          <App shop={shop} services={strangersServices()} />
        </div>
      </Router>,
    );
    // React renders elements of the head first.
    const [head] = /^(<(link|title)[^>]*>([^<]*<\/title>)?)*/.exec(markup)!;
    return { path, isPersonal, head, body: markup.slice(head.length) };
  };
  return [
    render("/", true),
    ...shop.departments.map(({ slug }) => render(`/department/${slug}`, true)),
    ...shop.catalog.products.map(({ id }) => render(`/product/${encodeURIComponent(id)}`, false)),
  ];
}

/** The services of a new shopper whose recommender has not opened yet. */
function strangersServices() {
  const toasts = createToasts();
  const never = new Promise<never>(() => {});
  const openVisitor = () =>
    createVisitor(never, createShopperStorage(undefined), {
      onError: (error) => toasts.showError(error.message),
    });
  return {
    ...openVisitor(),
    toasts,
    requests: createStore({ requests: [], refusedOrigins: new Set<string>() }),
    demo: createDemo({ loadCatalog: () => never, openVisitor, wait: () => never, clock: Date.now }),
  };
}
