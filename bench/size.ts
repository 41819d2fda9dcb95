/**
 * `npm run size [-- --modules]`: compares the sizes of the shipped parts, gzipped as a server would, with
 * their budgets. Fails if one is over budget.
 */
import { gzipSync } from "node:zlib";
import { build, type Plugin, type Rolldown } from "vite";
import { ENGINE_CHUNKS } from "../src/build/engineChunks.ts";
import { NO_PRELOADS } from "../src/build/noPreloads.ts";

type Chunk = Rolldown.OutputChunk;

interface Part {
  name: string;
  /** The purpose of its bytes. */
  purpose: string;
  chunks: Chunk[];
  budgetBytes: number;
}

const KB = 1000;

/**
 * The chunks that the engine loads on demand, by name: the bound and the purpose. A chunk that is not
 * listed has a bound of 0.
 */
const ON_DEMAND: Record<string, { budgetBytes: number; purpose: string }> = {
  // 1.2 kB until acts that were taken back were left out.
  examples: { budgetBytes: 1400, purpose: "the past as examples, for training and reliability" },
  exportImport: { budgetBytes: 2700, purpose: "one file with everything, out and in" },
  insights: {
    budgetBytes: 5000,
    purpose: "why, simpler models, interests, taste card, reliability",
  },
  learnFrom: { budgetBytes: 5600, purpose: "one training on this device" },
  moreStrategies: { budgetBytes: 1500, purpose: "the strategies beyond the first ones" },
  networkFile: { budgetBytes: 900, purpose: "networks as bytes, once one is learned" },
  /** 300 bytes of them subtract what was returned from its order, in whatever order the events arrive. */
  outlook: { budgetBytes: 2900, purpose: "what past orders suggest about the next ones" },
  packShards: { budgetBytes: 1000, purpose: "packs in shards" },
  parseLearned: { purpose: "reads the saved training report and trainer", budgetBytes: 1 * KB },
  productNames: {
    budgetBytes: 1000,
    purpose: "finds products by other forms of their names, beside the catalog",
  },
  priorWeights: { budgetBytes: 900, purpose: "the default weights, for packs without their own" },
  "rolldown-runtime": { budgetBytes: 300, purpose: "the bundler's own, beside tfjs" },
  ruleBook: { budgetBytes: 1400, purpose: "a shop's rules: pin, boost, bury, caps" },
  sealRecords: { budgetBytes: 600, purpose: "encrypts what an older version stored" },
  shopFeed: { budgetBytes: 6600, purpose: "Shopify's and WooCommerce's own lists as catalogs" },
  webgl: { budgetBytes: 36 * KB, purpose: "tfjs, to train on a GPU in the worker" },
};

interface BuildAs {
  plugins: Plugin[];
  preserveEntrySignatures: "allow-extension" | "exports-only";
}
const AS_MODULES: BuildAs = { plugins: [], preserveEntrySignatures: "exports-only" };
/** As `buildTag.ts` builds what the tag loads. */
const AS_TAG: BuildAs = { plugins: [NO_PRELOADS], preserveEntrySignatures: "allow-extension" };

const loader = await chunksOf("src/worker/openRecommender.ts");
const tag = await chunksOf("src/widget/tag.ts", AS_TAG);
const capture = await chunksOf("src/capture/capturePage.ts", AS_TAG);
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
    // 0.5 kB of it keep decisions and cards from waiting for a worker that hangs or code that never comes, and
    // events from being stored twice when the worker is replaced.
    budgetBytes: 13.4 * KB,
  },
  {
    name: "engine, first script",
    purpose: "from catalog to cards, in the worker",
    chunks: engine,
    // 14 kB bought none of these: known and new products in proportion (after 11 to 20 products the electronics
    // shop's hits on new ones rise from .18 to .26), and limits of time on every file, with words for every error.
    budgetBytes: 14.9 * KB,
  },
  {
    name: "engine, beside the catalog",
    purpose: "the past: log, networks, consent",
    chunks: past,
    // 15 kB bought none of these: acts that add up and can be taken back, a trial that tells finds from returns,
    // a page's default for consent kept apart from the shopper's answer, and decisions and events that hold
    // whatever fails. The last is not loaded when needed, because loading may be what fails.
    budgetBytes: 17.8 * KB,
  },
  {
    name: "page reader",
    purpose: "what the shopper does, once the page is parsed",
    chunks: atOnce(capture.onPage),
    // 9 kB until elements named like a method of the document could no longer break it.
    budgetBytes: 9.1 * KB,
  },
  {
    name: "consent frameworks",
    purpose: "TCF, GPP, Shopify and six banners, where the page has one of them",
    chunks: chunksNamed(capture.onPage, "consentFrameworks"),
    budgetBytes: 3 * KB,
  },
  {
    name: "Segment",
    purpose: "the events of pages with Segment",
    chunks: chunksNamed(capture.onPage, "segment"),
    budgetBytes: 1 * KB,
  },
  {
    name: "silent page",
    purpose: "cart forms and the shop's selectors, on pages that report no events by themselves",
    chunks: chunksNamed(capture.onPage, "silentPage"),
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
    // 1 kB of it decides what crosses to the shop's page: cards without the past behind them.
    budgetBytes: 6 * KB,
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

/** Builds one entry as it is shipped; its worker, if any, is bundled separately. */
async function chunksOf(
  entry: string,
  { plugins, preserveEntrySignatures }: BuildAs = AS_MODULES,
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
      rolldownOptions: { input: entry, preserveEntrySignatures },
    },
  });
  const [{ output }] = [result].flat() as [Rolldown.RolldownOutput];
  return { onPage: chunksIn(output), inWorker };
}

function chunksIn(files: readonly (Chunk | Rolldown.OutputAsset)[]): Chunk[] {
  return files.filter((file) => file.type === "chunk");
}

/** The entry's chunk and all of its static imports. */
function atOnce(chunks: Chunk[]): Chunk[] {
  const found = new Set(chunks.filter(({ isEntry }) => isEntry));
  for (const chunk of found) {
    for (const other of chunks) if (chunk.imports.includes(other.fileName)) found.add(other);
  }
  return [...found];
}

function chunksNamed(chunks: Chunk[], wanted: string): Chunk[] {
  return chunks.filter(({ name }) => name === wanted);
}

/** The chunk that `lazyParts.ts` becomes, and its imports. */
function isPast({ moduleIds }: Chunk): boolean {
  return moduleIds.some((id) =>
    /\/engine\/(store\/shopperLog|store\/indexedDbStore|events\/shopEvent)\.ts$/.test(id),
  );
}

function knowsTfjs({ moduleIds }: Chunk): boolean {
  return moduleIds.some((id) => id.includes("@tensorflow"));
}

/** Modules of a part before minification, largest first, to find the cause of an exceeded budget. */
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
