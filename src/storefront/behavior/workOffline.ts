import { strings } from "../language/strings.ts";
import type { Toasts } from "../state/toasts.ts";

/** Written by the build (see `offlineShop.ts`); the development server has none. */
const SERVICE_WORKER = "/service-worker.js";

/**
 * Chromium may hold the newer version back for as long as an open page keeps the older one at work,
 * though it was told not to wait. Opening the page again lets go of it.
 */
const PATIENCE_MS = 1_000;

/**
 * Lets the shop open without a network after the first visit. Another version of the shop waits until
 * the shopper takes it, so that no page is mixed from two; what is stored stays as it is.
 */
export async function workOffline(
  toasts: Toasts,
  serviceWorkers: ServiceWorkerContainer | undefined = navigator.serviceWorker,
): Promise<void> {
  if (!serviceWorkers) return; // On plain http, and in some private windows.
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
    // The version of this page, in this tab or another, gave way, and its files with it.
    if (isControlled) location.reload();
    isControlled = true;
  });
  await workbox.register();
}

/** Says when the network goes and comes back, and at the start where there is none. */
export function reportNetwork(toasts: Toasts): void {
  addEventListener("offline", () => toasts.show(strings.offline.gone));
  addEventListener("online", () => toasts.show(strings.offline.back));
  if (!navigator.onLine) toasts.show(strings.offline.gone);
}
