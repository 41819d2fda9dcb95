/**
 * `npm run build:tag`: the files that a merchant puts on their site or CDN, in `dist/vitrine/VERSION/`,
 * and the snippet to paste, with the script's checksum.
 */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build, type InlineConfig } from "vite";
import { version } from "../../package.json" with { type: "json" };
import { headSnippet, shelfSnippet } from "../cli/tagSnippet.ts";
import { RESERVED_CSS } from "../widget/reservedPlace.ts";
import { ENGINE_CHUNKS } from "./engineChunks.ts";
import { NO_PRELOADS } from "./noPreloads.ts";

const ROOT = new URL("../..", import.meta.url).pathname;

/** The worker and the page's own engine share chunks. */
const ENGINE = {
  "recommender.worker": "src/worker/recommender.worker.ts",
  engine: "src/worker/startRecommender.ts",
};

/** The parts that the script loads on demand, each in one file. */
const PARTS = {
  capture: "src/capture/capturePage.ts",
  languages: "src/shelf/languages.ts",
  "frame-client": "src/widget/frameRecommender.ts",
  "vitrine-frame": "src/widget/frame.ts",
};

/** For a separate origin, with the shops that may use it, and the catalog that it reads. */
const FRAME_PAGE = `<!doctype html>
<html data-shops="https://YOUR-SHOP" data-catalog="/catalog.json" data-pack="/pack.bin">
<meta charset="utf-8"><title>Vitrine</title>
<script type="module" src="vitrine-frame.js"></script>
</html>
`;

/** Builds the tag's files into `outDir/VERSION` and returns that folder. */
export async function buildTag(outDir: string): Promise<string> {
  const folder = join(outDir, version);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  await build(bundle(folder, ENGINE, { format: "es", groups: ENGINE_CHUNKS }));
  for (const [name, entry] of Object.entries(PARTS)) {
    await build(bundle(folder, { [name]: entry }, { format: "es" }));
  }
  // A classic script knows its own tag, and may be anywhere on a page.
  await build(bundle(folder, { vitrine: "src/widget/tag.ts" }, { format: "iife" }));
  writeFileSync(join(folder, "vitrine.css"), RESERVED_CSS);
  writeFileSync(join(folder, "vitrine-frame.html"), FRAME_PAGE);
  return folder;
}

function bundle(
  outDir: string,
  input: Record<string, string>,
  { format, groups }: { format: "es" | "iife"; groups?: typeof ENGINE_CHUNKS },
): InlineConfig {
  return {
    configFile: false,
    logLevel: "error",
    publicDir: false,
    root: ROOT,
    base: "./",
    plugins: [NO_PRELOADS],
    build: {
      outDir,
      emptyOutDir: false,
      target: "es2022",
      modulePreload: false,
      chunkSizeWarningLimit: 2000,
      rolldownOptions: {
        input,
        // A part that loads on demand finds what it shares in the file that loads it.
        preserveEntrySignatures: groups ? "strict" : "allow-extension",
        output: {
          format,
          entryFileNames: "[name].js",
          chunkFileNames: "[name]-[hash].js",
          ...(groups && { codeSplitting: { groups } }),
        },
      },
    },
  };
}

if (import.meta.url === `file://${process.argv[1]}`) {
  const out = process.argv[2] ?? join(ROOT, "dist/vitrine");
  const folder = await buildTag(out);
  console.log(`The tag's files are in ${folder}. Paste into your pages:\n`);
  const attributes = { "data-catalog": "/catalog.json", "data-pack": "/pack.bin" };
  console.log(headSnippet({ folder, address: `/vitrine/${version}`, attributes }));
  console.log(shelfSnippet("for-you"));
}
