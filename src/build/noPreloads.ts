import type { Plugin } from "vite";

/** Vite wraps each dynamic import in code that preloads stylesheets; there are none, and a worker has no document. */
export const NO_PRELOADS: Plugin = {
  name: "no-preloads",
  enforce: "pre",
  load: (id) =>
    id.endsWith("vite/preload-helper.js")
      ? "export const __vitePreload = (load) => load();"
      : undefined,
};
