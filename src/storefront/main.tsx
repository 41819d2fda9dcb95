import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { openRecommender } from "vitrine";
import { errorText } from "./language/messageText.ts";
import "./styles/tokens.css";
import "./styles/base.css";
import { App } from "./App.tsx";
import { leftAlone } from "./behavior/leftAlone.ts";
import { applyTheme, readTheme } from "./behavior/theme.ts";
import { trustOwnScripts } from "./behavior/trustOwnScripts.ts";
import { reportNetwork, workOffline } from "./behavior/workOffline.ts";
import { createDemo, DEMO_RECOMMENDER } from "./demo/demo.ts";
import { watchRequests } from "./glass/requests.ts";
import { speak, strings } from "./language/strings.ts";
import { readLanguage } from "./language/wantedLanguage.ts";
import { OpeningShop } from "./parts/OpeningShop.tsx";
import { CATALOG_URL, loadShop, PACK_URL } from "./shop/shop.ts";
import { createShopperStorage } from "./state/shopperStorage.ts";
import { storage } from "./state/storage.ts";
import { createToasts } from "./state/toasts.ts";
import { createVisitor, type Visitor } from "./state/visitor.ts";

const requests = watchRequests();
trustOwnScripts(window.trustedTypes, location.origin);
applyTheme(readTheme(storage));
speak(readLanguage(storage, navigator.languages), navigator.languages, document.documentElement);

const loading = loadShop().catch((error: Error) => error);
const opening = openRecommender({ catalog: CATALOG_URL, pack: PACK_URL });
// The shop's own recommender, for the console and for tests.
opening.then(
  (vitrine) => Object.assign(window, { vitrine }),
  () => undefined, // The shop shows the failure.
);

const toasts = createToasts();
const shopper = createShopperStorage(storage);
const onError = (error: Error) => toasts.showError(strings.failure.observe(errorText(error)));
const visitor = createVisitor(opening, shopper, { onError, tabs: window });
const demo = createDemo({
  async loadCatalog() {
    const shop = await loading;
    if (shop instanceof Error) throw shop;
    return shop.catalog;
  },
  openVisitor: openDemoVisitor,
  wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  clock: Date.now,
});

/** A made-up shopper's engine, cart and settings, which are kept in memory. */
function openDemoVisitor(): Visitor {
  const memory = createShopperStorage(undefined);
  const visiting = openRecommender({ catalog: CATALOG_URL, pack: PACK_URL, ...DEMO_RECOMMENDER });
  return createVisitor(visiting, memory, { onError, isLive: true });
}

const root = createRoot(document.getElementById("root")!);
if (!isShownAhead()) root.render(<OpeningShop />);
// Suspense would delay the page by up to 300 ms once its fallback was shown.
loading.then((shop) => {
  if (location.pathname === "/search" && !(shop instanceof Error)) {
    // Its files are fetched while the page renders for the first time.
    shop.search().catch(() => undefined); // The page asks again, and shows the failure.
  }
  const services = { ...visitor, toasts, requests, demo };
  root.render(
    <StrictMode>
      <App shop={shop} services={services} />
    </StrictMode>,
  );
});

/** Whether the page came with rendered content (`opening.ts`). */
function isShownAhead(): boolean {
  const { ahead } = document.documentElement.dataset;
  return ahead !== undefined && ahead !== "nothing";
}

reportNetwork(toasts);
/** Caching the shop for offline use must not slow down what the shopper does. */
const QUIET_MS = 2000;
if (import.meta.env.PROD) {
  Promise.allSettled([loading, opening])
    .then(() => leftAlone(window, QUIET_MS))
    .then(() => workOffline(toasts))
    .catch((error: Error) => console.warn(strings.failure.offlineMode(errorText(error))));
}
