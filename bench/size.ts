/**
 * `npm run size [-- --modules]`: what the parts weigh as they are shipped, gzipped as a server would,
 * against their budgets. Ends with an error when one is over.
 */
import { gzipSync } from "node:zlib";
import { build, type Plugin, type Rolldown } from "vite";
import { ENGINE_CHUNKS } from "../src/build/engineChunks.ts";

type Chunk = Rolldown.OutputChunk;

interface Part {
  name: string;
  /** What its bytes buy. */
  purpose: string;
  chunks: Chunk[];
  budgetBytes: number;
}

const KB = 1000;

/**
 * What the engine loads only when it is needed, by the name of its chunk: the bound, and what it is for. A
 * chunk that is not here has a bound of 0.
 */
const ON_DEMAND: Record<string, { budgetBytes: number; purpose: string }> = {
  examples: { budgetBytes: 1200, purpose: "the past as examples, for training and reliability" },
  exportImport: { budgetBytes: 2700, purpose: "one file with everything, out and in" },
  insights: {
    budgetBytes: 5000,
    purpose: "why, simpler models, interests, taste card, reliability",
  },
  learnFrom: { budgetBytes: 5600, purpose: "one training on this device" },
  moreStrategies: { budgetBytes: 1500, purpose: "the strategies beyond the first ones" },
  networkFile: { budgetBytes: 900, purpose: "networks as bytes, once one is learned" },
  packShards: { budgetBytes: 1000, purpose: "packs in shards" },
  parseLearned: { purpose: "reads the saved training report and trainer", budgetBytes: 1 * KB },
  "rolldown-runtime": { budgetBytes: 300, purpose: "the bundler's own, beside tfjs" },
  ruleBook: { budgetBytes: 1400, purpose: "a shop's rules: pin, boost, bury, caps" },
  sealRecords: { budgetBytes: 600, purpose: "encrypts what an older version stored" },
  shopFeed: { budgetBytes: 2400, purpose: "Shopify's and WooCommerce's own lists as catalogs" },
  webgl: { budgetBytes: 36 * KB, purpose: "tfjs, to train on a GPU in the worker" },
};

const loader = await chunksOf("src/worker/openRecommender.ts");
const tag = await chunksOf("src/widget/tag.ts");
const capture = await chunksOf("src/capture/capturePage.ts");
const frameworks = await chunksOf("src/capture/consent/moreFrameworks.ts");
const languages = await chunksOf("src/shelf/languages.ts");
const frame = await chunksOf("src/widget/frameRecommender.ts");
const framePage = await chunksOf("src/widget/frame.ts");
const shop = await chunksOf("src/storefront/main.tsx");
const engine = atOnce(loader.inWorker);
const past = loader.inWorker.filter((chunk) => !engine.includes(chunk) && isPast(chunk));
const later = loader.inWorker.filter((chunk) => ![...engine, ...past].includes(chunk));
const parts: Part[] = [
  {
    name: "script tag",
    purpose: "loader and cards",
    chunks: atOnce(tag.onPage),
    budgetBytes: 13 * KB,
  },
  {
    name: "engine, first script",
    purpose: "from catalog to cards, in the worker",
    chunks: engine,
    budgetBytes: 14 * KB,
  },
  {
    name: "engine, beside the catalog",
    purpose: "the past: log, networks, consent",
    chunks: past,
    budgetBytes: 15 * KB,
  },
  {
    name: "page reader",
    purpose: "what the shopper does, once the page is parsed",
    chunks: atOnce(capture.onPage),
    budgetBytes: 9 * KB,
  },
  {
    name: "consent frameworks",
    purpose: "GPP and six banners, where the page has one of them",
    chunks: atOnce(frameworks.onPage),
    budgetBytes: 2.5 * KB,
  },
  {
    name: "loader alone",
    purpose: "a page or an application that brings its own cards",
    chunks: atOnce(loader.onPage),
    budgetBytes: 5 * KB,
  },
  {
    name: "languages",
    purpose: "German, French, Spanish and Chinese texts of the cards",
    chunks: atOnce(languages.onPage),
    budgetBytes: 2 * KB,
  },
  {
    name: "frame client",
    purpose: "the page's side of `data-frame`",
    chunks: atOnce(frame.onPage),
    budgetBytes: 2 * KB,
  },
  {
    name: "frame page",
    purpose: "the script of a frame of another origin",
    chunks: atOnce(framePage.onPage),
    budgetBytes: 5 * KB,
  },
  ...later.map(partOnDemand),
];
const rows = parts.map(({ name, purpose, chunks, budgetBytes }) => {
  const bytes = chunks.reduce((sum, chunk) => sum + gzippedBytes(chunk.code), 0);
  return { part: name, bytes, budget: budgetBytes, over: bytes > budgetBytes, "is for": purpose };
});
console.table(rows);
const early = atOnce(shop.onPage).filter(knowsTfjs);
console.log(`tfjs on the page's critical path: ${early.length === 0 ? "none" : "YES"}`);
if (process.argv.includes("--modules")) console.table(heaviest(engine));
if (rows.some(({ over }) => over) || early.length > 0) process.exitCode = 1;

function partOnDemand(chunk: Chunk): Part {
  const { budgetBytes, purpose } = ON_DEMAND[chunk.name] ?? {
    budgetBytes: 0,
    purpose: "nothing that is known here",
  };
  return { name: `on demand: ${chunk.name}`, purpose, chunks: [chunk], budgetBytes };
}

/** Builds one entry as it is shipped; its worker, if it starts one, is bundled apart. */
async function chunksOf(entry: string): Promise<{ onPage: Chunk[]; inWorker: Chunk[] }> {
  const inWorker: Chunk[] = [];
  const collect: Plugin = {
    name: "collect-worker-chunks",
    generateBundle: (_options, bundle) => void inWorker.push(...chunksIn(Object.values(bundle))),
  };
  const result = await build({
    configFile: false,
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
