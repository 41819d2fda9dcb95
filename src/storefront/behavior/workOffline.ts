import { strings } from "../language/strings.ts";
import type { Toasts } from "../state/toasts.ts";

/** Written by the build (see `offlineShop.ts`); the development server has none. */
const SERVICE_WORKER = "/service-worker.js";

/**
 * Chromium may delay the newer version as long as an open page uses the older one, in spite of
 * `skipWaiting`. Reloading the page releases it.
 */
const PATIENCE_MS = 1_000;

/**
 * Makes the shop open offline after the first visit. A new version of the shop waits until the shopper
 * accepts it, so that no page mixes two versions; stored data stays as it is.
 */
export async function workOffline(
  toasts: Toasts,
  serviceWorkers: ServiceWorkerContainer | undefined = navigator.serviceWorker,
): Promise<void> {
  if (!serviceWorkers) return; // Not available on plain http and in some private windows.
  const { Workbox } = await import("workbox-window");
  const workbox = new Workbox(SERVICE_WORKER);
  workbox.addEventListener("waiting", () => {
    const update = () => {
      workbox.messageSkipWaiting();
      setTimeout(() => location.reload(), PATIENCE_MS);
    };
    toasts.offer(strings.offline.newVersion, { label: strings.offline.update, run: update });
  });
  let isControlled = serviceWorkers.controller !== null;
  serviceWorkers.addEventListener("controllerchange", () => {
    // The version of this page was replaced, in this tab or another, and its files are gone.
    if (isControlled) location.reload();
    isControlled = true;
  });
  await workbox.register();
}

/** Shows a toast when the network is lost or restored, and at the start if there is none. */
export function reportNetwork(toasts: Toasts): void {
  addEventListener("offline", () => toasts.show(strings.offline.gone));
  addEventListener("online", () => toasts.show(strings.offline.back));
  if (!navigator.onLine) toasts.show(strings.offline.gone);
}
