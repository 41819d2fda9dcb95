import type { Shop } from "./shop.ts";

/**
 * A site that serves the shop's catalog and the frame's page, and nothing else.
 * @param shops the origins that may use the frame; read at each request.
 */
export function frameHost(shop: Shop, shops: () => string): Shop {
  const pack = shop.hasPack ? ' data-pack="/pack.bin"' : "";
  return {
    ...shop,
    // The policy from the isolation guide.
    headers: {
      get "Content-Security-Policy"() {
        return `default-src 'none'; script-src 'self'; worker-src 'self'; connect-src 'self'; frame-ancestors ${shops()}`;
      },
    },
    page: (path, { base }) =>
      path === "/frame.html"
        ? `<!doctype html><html data-shops="${shops()}" data-catalog="/catalog.json"${pack}>
           <script type="module" src="${base}/vitrine-frame.js"></script></html>`
        : undefined,
  };
}
