/**
 * `npm run size [-- --modules]`: what the parts weigh as they are shipped, gzipped as a server would,
 * against their budgets. Ends with an error when one is over.
 */
import { gzipSync } from "node:zlib";
import { build, type Plugin, type Rolldown } from "vite";
import { ENGINE_CHUNKS } from "../src/build/engineChunks.ts";
import { NO_PRELOADS } from "../src/build/noPreloads.ts";

type Chunk = Rolldown.OutputChunk;

interface Part {
  name: string;
  chunks: Chunk[];
  /** Absent: told, not limited. */
  budgetBytes?: number;
}

const KB = 1000;
const loader = await chunksOf("src/worker/openRecommender.ts");
const tag = await chunksOf("src/widget/tag.ts", [NO_PRELOADS]);
const capture = await chunksOf("src/capture/capturePage.ts", [NO_PRELOADS]);
const shop = await chunksOf("src/storefront/main.tsx");
const engine = atOnce(loader.inWorker);
const past = loader.inWorker.filter((chunk) => !engine.includes(chunk) && isPast(chunk));
const later = loader.inWorker.filter((chunk) => ![...engine, ...past].includes(chunk));
const parts: Part[] = [
  { name: "engine, first script: catalog to cards", chunks: engine, budgetBytes: 14 * KB },
  { name: "engine, beside the catalog: the past", chunks: past, budgetBytes: 15 * KB },
  { name: "loader on the page", chunks: atOnce(loader.onPage), budgetBytes: 12 * KB },
  { name: "script tag: loader and cards", chunks: atOnce(tag.onPage), budgetBytes: 13 * KB },
  {
    name: "script tag: reading the page, after that",
    chunks: atOnce(capture.onPage),
    budgetBytes: 9 * KB,
  },
  { name: "tfjs, to train or score with", chunks: later.filter(knowsTfjs), budgetBytes: 100 * KB },
  { name: "the rest of the engine, when needed", chunks: later.filter((one) => !knowsTfjs(one)) },
];
let isOver = false;
for (const { name, chunks, budgetBytes = Number.POSITIVE_INFINITY } of parts) {
  const bytes = chunks.reduce((sum, chunk) => sum + gzippedBytes(chunk.code), 0);
  if (bytes > budgetBytes) isOver = true;
  const verdict = bytes <= budgetBytes ? "within" : "OVER";
  const limit = Number.isFinite(budgetBytes) ? `, ${verdict} its ${budgetBytes}` : "";
  console.log(`${name}: ${bytes} bytes gzip${limit}`);
}
const early = atOnce(shop.onPage).filter(knowsTfjs);
console.log(`tfjs on the page's critical path: ${early.length === 0 ? "none" : "YES"}`);
if (process.argv.includes("--modules")) console.table(heaviest(engine));
if (isOver || early.length > 0) process.exitCode = 1;

/** Builds one entry as it is shipped; its worker, if it starts one, is bundled apart. */
async function chunksOf(
  entry: string,
  plugins: Plugin[] = [],
): Promise<{ onPage: Chunk[]; inWorker: Chunk[] }> {
  const inWorker: Chunk[] = [];
  const collect: Plugin = {
    name: "collect-worker-chunks",
    generateBundle: (_options, bundle) => void inWorker.push(...chunksIn(Object.values(bundle))),
  };
  const result = await build({
    configFile: false,
    plugins,
    logLevel: "error",
    publicDir: false,
    root: new URL("..", import.meta.url).pathname,
    worker: {
      format: "es",
      plugins: () => [collect],
      rolldownOptions: { output: { codeSplitting: { groups: ENGINE_CHUNKS } } },
    },
    build: {
      write: false,
      target: "es2022",
      rolldownOptions: { input: entry, preserveEntrySignatures: "exports-only" },
    },
  });
  const [{ output }] = [result].flat() as [Rolldown.RolldownOutput];
  return { onPage: chunksIn(output), inWorker };
}

function chunksIn(files: readonly (Chunk | Rolldown.OutputAsset)[]): Chunk[] {
  return files.filter((file) => file.type === "chunk");
}

/** The entry's chunk and all it imports statically. */
function atOnce(chunks: Chunk[]): Chunk[] {
  const found = new Set(chunks.filter(({ isEntry }) => isEntry));
  for (const chunk of found) {
    for (const other of chunks) if (chunk.imports.includes(other.fileName)) found.add(other);
  }
  return [...found];
}

/** What `loadPast` of `createRecommender.ts` loads: one chunk, and what it imports. */
function isPast({ moduleIds }: Chunk): boolean {
  return moduleIds.some((id) =>
    /\/engine\/(store\/shopperLog|store\/indexedDbStore|events\/shopEvent)\.ts$/.test(id),
  );
}

function knowsTfjs({ moduleIds }: Chunk): boolean {
  return moduleIds.some((id) => id.includes("@tensorflow"));
}

/** Modules of a part before minification, the largest first: where to look when a budget is over. */
function heaviest(chunks: Chunk[]) {
  return chunks
    .flatMap(({ modules }) => Object.entries(modules))
    .map(([id, { code }]) => ({
      module: id.replace(/^.*\/(?=[^/]+\/[^/]+$)/, ""),
      gzip: gzippedBytes(code ?? ""),
    }))
    .sort((left, right) => right.gzip - left.gzip);
}

function gzippedBytes(code: string): number {
  return gzipSync(code, { level: 9 }).length;
}
