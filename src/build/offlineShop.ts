import { VitePWA } from "vite-plugin-pwa";

/**
 * Vite plugins: a service worker that keeps all of the demo shop's files on the device, and the manifest
 * that makes it installable. It fetches the same files whatever the shopper views, and keeps no others:
 * neither its cache nor the server's log reveals anybody's taste.
 */
export function offlineShop() {
  return VitePWA({
    filename: "service-worker.js",
    injectRegister: false, // `workOffline.ts` does it, because of the site's policy.
    registerType: "prompt",
    manifest: {
      name: "Vitrine",
      short_name: "Vitrine",
      description: "A shop whose recommendations are made in your browser and never leave it.",
      start_url: "/",
      display: "standalone",
      background_color: "#faf8f4",
      theme_color: "#4b3bc4",
      categories: ["shopping"],
      icons: [
        { src: "/favicon.svg", type: "image/svg+xml", sizes: "any" },
        { src: "/icon-192.png", type: "image/png", sizes: "192x192" },
        { src: "/icon-512.png", type: "image/png", sizes: "512x512" },
        { src: "/icon-maskable-512.png", type: "image/png", sizes: "512x512", purpose: "maskable" },
      ],
    },
    workbox: {
      globPatterns: ["**/*.{html,css,js,json,bin,svg,webp,avif,png}"],
      // Two thirds of the pictures' bytes are close-ups, for which the full picture is a fallback.
      // Offline the shop renders its pages itself.
      globIgnores: [
        ...["engine.js", "screenshot.png", "vitrine/**", "pictures/*@*"],
        ...["product/**", "department/**"],
      ],
      navigateFallback: "/index.html",
      // No `importScripts`, which the site's policy forbids.
      inlineWorkboxRuntime: true,
      cleanupOutdatedCaches: true,
      // The first page also keeps working when the network is lost.
      clientsClaim: true,
    },
  });
}
