import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { build, type Rolldown } from "vite";
import { buildTag } from "../../src/build/buildTag.ts";
import { gzipBytesOf } from "../../src/build/sizePage.ts";

const ROOT = new URL("../..", import.meta.url).pathname;
/** Peers are not dependencies of ours: they are fetched once, only for this table. */
const PEERS_FOLDER = join(ROOT, ".cache/peers");
const PEERS = {
  "@algolia/recommend-js": "1.16.0",
  "instantsearch.js": "4.118.1",
  algoliasearch: "5.64.0",
  "@babel/runtime": "7", // Imported by the first, but missing from its dependencies.
};

export interface BundledSize {
  name: string;
  gzipBytes: number;
}

/**
 * The bytes that a page would load of each for one related-products shelf, bundled and minified the same
 * way.
 */
const USES: Record<string, string> = {
  "@algolia/recommend-js": `import { relatedProducts } from "@algolia/recommend-js"; globalThis.keep = relatedProducts;`,
  "@algolia/recommend-js and its client": `import { relatedProducts } from "@algolia/recommend-js";
    import { recommendClient } from "@algolia/recommend"; globalThis.keep = [relatedProducts, recommendClient];`,
  "instantsearch.js, its relatedProducts, and its client": `import instantsearch from "instantsearch.js/es";
    import { relatedProducts } from "instantsearch.js/es/widgets";
    import { liteClient } from "algoliasearch/lite"; globalThis.keep = [instantsearch, relatedProducts, liteClient];`,
};

/** Undefined if the peers cannot be fetched without a network. */
export async function peerSizes(): Promise<BundledSize[] | undefined> {
  if (!fetchPeers()) return undefined;
  const sizes: BundledSize[] = [];
  for (const [name, code] of Object.entries(USES)) {
    const entry = join(PEERS_FOLDER, "entry.js");
    writeFileSync(entry, code);
    const chunks = await bundle(PEERS_FOLDER, entry);
    sizes.push({ name, gzipBytes: gzipped(chunks) });
  }
  return sizes;
}

/** Our own files, written by `npm run build:tag`, by the start of their names. */
const OWN: Record<string, string[]> = {
  "vitrine.js: loader and cards": ["vitrine.js"],
  "capture.js: reading the page": ["capture.js"],
  "engine in the worker, to its first cards": ["recommender.worker.js", "first-cards-"],
};

export async function ownSizes(): Promise<BundledSize[]> {
  const out = mkdtempSync(join(tmpdir(), "vitrine-sizes-"));
  const folder = await buildTag(out);
  const files = readdirSync(folder);
  const bytesOf = (start: string) => {
    const file = files.find((name) => name.startsWith(start));
    return gzipBytesOf(join(folder, file!));
  };
  const sizes = Object.entries(OWN).map(([name, starts]) => ({
    name,
    gzipBytes: starts.map(bytesOf).reduce((sum, bytes) => sum + bytes, 0),
  }));
  rmSync(out, { recursive: true });
  return sizes;
}

function fetchPeers(): boolean {
  mkdirSync(PEERS_FOLDER, { recursive: true });
  const manifest = JSON.stringify({ private: true, dependencies: PEERS });
  const file = join(PEERS_FOLDER, "package.json");
  if (existsSync(join(PEERS_FOLDER, "node_modules/instantsearch.js"))) return true;
  writeFileSync(file, manifest);
  try {
    execFileSync("npm", ["install", "--no-audit", "--no-fund", "--ignore-scripts"], {
      cwd: PEERS_FOLDER,
      stdio: "ignore",
    });
    return true;
  } catch {
    return false; // Reported in the table.
  }
}

async function bundle(root: string, entry: string): Promise<Rolldown.OutputChunk[]> {
  const result = await build({
    configFile: false,
    logLevel: "error",
    publicDir: false,
    root,
    define: { "process.env.NODE_ENV": '"production"' },
    build: {
      write: false,
      target: "es2022",
      modulePreload: false,
      rolldownOptions: { input: entry, preserveEntrySignatures: "exports-only" },
    },
  });
  const [{ output }] = [result].flat() as [Rolldown.RolldownOutput];
  return output.filter((file) => file.type === "chunk");
}

/** The entry and its static imports; later loads are not counted. */
function gzipped(chunks: Rolldown.OutputChunk[]): number {
  const found = new Set(chunks.filter(({ isEntry }) => isEntry));
  for (const chunk of found) {
    for (const other of chunks) if (chunk.imports.includes(other.fileName)) found.add(other);
  }
  return [...found].reduce((sum, { code }) => sum + gzipSync(code, { level: 9 }).length, 0);
}
