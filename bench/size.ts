/**
 * `npm run size`: what the parts weigh, gzipped as a server would, against their budgets. Ends with an
 * error when one is over.
 */
import { gzipSync } from "node:zlib";
import { build, type Rolldown } from "vite";

interface Part {
  name: string;
  /** Module that the part starts from. */
  entry: string;
  /** Chunks that count: what loads with the entry at once, or what it loads when it trains. */
  counts: "at once" | "with tfjs";
  budgetBytes: number;
}

const KB = 1000;
const PARTS: Part[] = [
  { name: "engine", entry: "src/engine/index.ts", counts: "at once", budgetBytes: 12 * KB },
  {
    name: "loader on the page",
    entry: "src/worker/openRecommender.ts",
    counts: "at once",
    budgetBytes: 12 * KB,
  },
  {
    name: "tfjs, in the worker when it trains",
    entry: "src/worker/startRecommender.ts",
    counts: "with tfjs",
    budgetBytes: 100 * KB,
  },
];

let isOver = false;
for (const part of PARTS) {
  const bytes = await gzippedBytes(part);
  const verdict = bytes <= part.budgetBytes ? "within" : "OVER";
  if (bytes > part.budgetBytes) isOver = true;
  console.log(`${part.name}: ${bytes} bytes gzip, ${verdict} its ${part.budgetBytes}`);
}
const page = await chunksOf("src/storefront/main.tsx");
const early = atOnce(page).filter(knowsTfjs);
console.log(`tfjs on the page's critical path: ${early.length === 0 ? "none" : "YES"}`);
if (isOver || early.length > 0) process.exitCode = 1;

async function gzippedBytes({ entry, counts }: Part): Promise<number> {
  const chunks = await chunksOf(entry);
  const counted = counts === "at once" ? atOnce(chunks) : chunks.filter(knowsTfjs);
  return counted.reduce((sum, { code }) => sum + gzipSync(code, { level: 9 }).length, 0);
}

async function chunksOf(entry: string): Promise<Rolldown.OutputChunk[]> {
  const result = await build({
    configFile: false,
    logLevel: "error",
    publicDir: false,
    root: new URL("..", import.meta.url).pathname,
    worker: { format: "es" },
    build: {
      write: false,
      target: "es2022",
      modulePreload: false,
      rolldownOptions: { input: entry, preserveEntrySignatures: "strict" },
    },
  });
  const [{ output }] = [result].flat() as [Rolldown.RolldownOutput];
  return output.filter((file) => file.type === "chunk");
}

/** The entry's chunk and all it imports statically. */
function atOnce(chunks: Rolldown.OutputChunk[]): Rolldown.OutputChunk[] {
  const found = new Set(chunks.filter(({ isEntry }) => isEntry));
  for (const chunk of found) {
    for (const other of chunks) if (chunk.imports.includes(other.fileName)) found.add(other);
  }
  return [...found];
}

function knowsTfjs({ moduleIds }: Rolldown.OutputChunk): boolean {
  return moduleIds.some((id) => id.includes("@tensorflow"));
}
