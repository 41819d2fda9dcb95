import { readFileSync } from "node:fs";
import { build, type InlineConfig, type Plugin, type Rolldown } from "vite";
import type { PrerenderedPage } from "../storefront/prerender.tsx";
import { createDemoPack } from "./demoPack.ts";

const ROOT = new URL("../..", import.meta.url).pathname;
const RENDERER = ".cache/prerender";
const CATALOG_FILE = new URL("../../public/catalog.json", import.meta.url);

/**
 * Vite plugin: writes the new shopper's view of each demo page into its HTML, so that it is painted
 * before any script has run. It is only a picture of the page: it is neither interactive nor exposed to
 * screen readers, and the shop replaces it (`main.tsx`). `opening.ts` decides how much of it a visitor
 * sees.
 */
export function prerenderedPages(): Plugin {
  return {
    name: "vitrine:prerendered-pages",
    apply: "build",
    generateBundle: {
      order: "post", // After the shop's own HTML exists.
      async handler(_options, bundle) {
        const shell = bundle["index.html"];
        if (shell?.type !== "asset") return;
        const opening = this.emitFile({
          type: "asset",
          name: "opening.js",
          source: await openingScript(),
        });
        const script = `/${this.getFileName(opening)}`;
        const template = String(shell.source);
        for (const page of await renderPages()) {
          const html = withPage(template, page, script);
          if (page.path === "/") shell.source = html;
          else
            this.emitFile({ type: "asset", fileName: `${page.path.slice(1)}.html`, source: html });
        }
      },
    },
  };
}

function withPage(template: string, page: PrerenderedPage, script: string): string {
  const { path, isPersonal, head, body } = page;
  const opening = `<script src="${script}" data-path="${path}"${isPersonal ? " data-personal" : ""}></script>`;
  return template
    .replace(/<title>.*<\/title>/, () => opening + head)
    .replace('<div id="root">', (root) => root + body);
}

async function renderPages(): Promise<PrerenderedPage[]> {
  await build(
    quietly({ ssr: "src/storefront/prerender.tsx", outDir: RENDERER, emptyOutDir: true }),
  );
  const { prerenderPages }: typeof import("../storefront/prerender.tsx") = await import(
    `${ROOT}${RENDERER}/prerender.js`
  );
  return prerenderPages(JSON.parse(readFileSync(CATALOG_FILE, "utf8")), createDemoPack());
}

/** A classic script, because it must run before anything is painted. */
async function openingScript(): Promise<string> {
  const options = { input: "src/storefront/opening.ts", output: { format: "iife" as const } };
  const built = await build(quietly({ write: false, rolldownOptions: options }));
  return (built as Rolldown.RolldownOutput).output[0].code;
}

function quietly(options: InlineConfig["build"]): InlineConfig {
  return {
    root: ROOT,
    configFile: false,
    logLevel: "error",
    publicDir: false,
    resolve: { tsconfigPaths: true },
    build: { target: "es2022", ...options },
  };
}
