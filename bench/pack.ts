/**
 * `npm run bench:pack [-- --events 20000000 --products 50000 --memory 1024]`: generates a log of this
 * many events, packs it with `vitrine pack` in a separate process and prints that process's peak memory.
 */
import { execFileSync } from "node:child_process";
import { createWriteStream, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { parseArgs } from "node:util";
import { createRandom } from "../src/engine/kit/random.ts";

const { values } = parseArgs({
  options: {
    events: { type: "string", default: "20000000" },
    products: { type: "string", default: "50000" },
    memory: { type: "string", default: "1024" },
    temp: { type: "string", default: tmpdir() },
  },
});
const products = Number(values.products);
const START = Date.UTC(2026, 0, 1);
const TYPES = [
  "view",
  "view",
  "view",
  "view",
  "view",
  "view",
  "view",
  "cart",
  "wishlist",
  "purchase",
];
/** Products that are viewed together, and the share of steps that stay among them. */
const AISLE = 50;
const STAY = 0.8;

const folder = mkdtempSync(join(values.temp, "vitrine-bench-"));
try {
  const log = join(folder, "log.csv");
  const catalog = join(folder, "catalog.json");
  writeFileSync(catalog, JSON.stringify({ products: catalogRows() }));
  await pipeline(Readable.from(logParts(Number(values.events))), createWriteStream(log));
  console.log(
    `${values.events} events, ${products} products: ${megabytes(statSync(log).size)} MB of CSV`,
  );
  const startedAt = performance.now();
  const out = join(folder, "pack.bin");
  const vitrine = new URL("../src/cli/vitrine.mjs", import.meta.url).pathname;
  const args = ["pack", "--log", log, "--catalog", catalog, "--out", out, "--json"];
  const options = ["--memory", values.memory, "--temp", folder];
  const report = JSON.parse(execFileSync(vitrine, [...args, ...options], { encoding: "utf8" }));
  const seconds = (performance.now() - startedAt) / 1000;
  console.log(`packed in ${seconds.toFixed(0)} s: ${JSON.stringify(report)}`);
  console.log(`peak memory ${report.peakMemoryMb} MB`);
} finally {
  rmSync(folder, { recursive: true });
}

function catalogRows() {
  return Array.from({ length: products }, (_, row) => ({
    id: `p${row}`,
    title: `Product ${row}`,
    categoryPath: [`Aisle ${Math.floor(row / AISLE)}`],
    priceMinor: 1000,
    currency: "EUR",
  }));
}

/** Sessions one after another, of 1 to 19 events; a fifth of the shoppers come back. */
function* logParts(events: number): Iterable<string> {
  const random = createRandom(1);
  const msPerEvent = (180 * 86_400_000) / events;
  let part = "user_id,session_id,timestamp,event_type,product_id,name,category,brand,price\n";
  for (let event = 0, session = 0; event < events; session++) {
    const shopper = random.integer(Math.max(1, Math.ceil(events / 12)));
    let product = skewed(random.next());
    const length = Math.min(events - event, 1 + random.integer(10) + random.integer(10));
    for (let step = 0; step < length; step++, event++) {
      const time = new Date(START + Math.floor(event * msPerEvent)).toISOString();
      const type = TYPES[random.integer(TYPES.length)];
      part += `u${shopper},s${session},${time},${type},p${product},,,,\n`;
      product = random.next() < STAY ? neighbor(product, random.next()) : skewed(random.next());
    }
    if (part.length > 65_536) {
      yield part;
      part = "";
    }
  }
  yield part;
}

/** A few products get many views, most get few. */
function skewed(chance: number): number {
  return Math.floor(products * chance ** 3);
}

function neighbor(product: number, chance: number): number {
  const aisle = product - (product % AISLE);
  return Math.min(products - 1, aisle + Math.floor(AISLE * chance));
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(0);
}
