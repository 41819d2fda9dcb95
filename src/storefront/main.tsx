import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import "./styles/tokens.css";
import "./styles/base.css";
import { openRecommender } from "../worker/openRecommender.ts";
import { App } from "./App.tsx";
import { createEngine } from "./engine.ts";
import { watchRequests } from "./glass/requests.ts";
import { createPersonalisation } from "./personalisation.ts";
import { CATALOG_URL, loadShop, PACK_URL } from "./shop.ts";
import { createShopperStorage } from "./shopperStorage.ts";
import { createShopState } from "./shopState.ts";
import { storage } from "./storage.ts";
import { readLanguage, speak, strings } from "./strings.ts";
import { applyTheme, readTheme } from "./theme.ts";
import { createToasts } from "./toasts.ts";
import { trustOwnScripts } from "./trustOwnScripts.ts";

const requests = watchRequests();
trustOwnScripts(window.trustedTypes, location.origin);
applyTheme(readTheme(storage));
speak(readLanguage(storage, navigator.languages), navigator.languages, document.documentElement);

const loading = loadShop().catch((error: Error) => error);
const opening = openRecommender({ catalog: CATALOG_URL, pack: PACK_URL });
// For the curious, and for tests: the shop's own recommender, to talk to from the console.
opening.then(
  (vitrine) => Object.assign(window, { vitrine }),
  () => undefined, // The shop shows the failure.
);

const toasts = createToasts();
const shopper = createShopperStorage(storage);
const engine = createEngine(opening, shopper, (error) =>
  toasts.showError(strings.failure.observe(error.message)),
);
const shopState = createShopState(shopper, window);
const personalisation = createPersonalisation(shopper);

createRoot(document.getElementById("root")!).render(
  <StrictMode>
    <App loading={loading} services={{ engine, shopState, personalisation, toasts, requests }} />
  </StrictMode>,
);
