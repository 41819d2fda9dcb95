import { Command, InvalidArgumentError } from "commander";
import type { Catalog } from "../engine/shop/catalog.ts";
import { CommandError } from "./commandError.ts";
import type { CommandIo } from "./commandIo.ts";
import { createProgress } from "./commandProgress.ts";
import { openDuckdb } from "./duckdb.ts";
import { LOG_WORDS } from "./logs/logRow.ts";
import { DAY_ORDERS, isDayOrder } from "./logs/logTime.ts";
import { type ColumnNames, LOG_FIELDS, type LogReport } from "./logs/readLogs.ts";
import { mapping, whole } from "./optionReaders.ts";
import { DEFAULT_PACK_OPTIONS } from "./pack/buildItemPack.ts";
import { type PackPlan, readPackFiles, writePackFiles } from "./pack/packFiles.ts";
import { type PackedLogs, packLogs } from "./pack/packLogs.ts";
import { packReportText } from "./pack/packReportText.ts";
import { neighborsText, productNeighbors } from "./pack/productNeighbors.ts";
import { readCatalogFile } from "./readCatalogFile.ts";

const STEP_TITLES = {
  refunded: "Finding what was returned",
  kept_events: "Leaving out what was returned",
  sessions: "Finding sessions",
  popularity: "Counting popularity",
  paths: "Following sessions",
  counts: "Counting products",
  returns: "Counting steps back to known products",
  pairs: "Counting pairs",
  neighbors: "Choosing neighbors",
  prior: "Training the initial weights",
};

interface PackOptions extends PackPlan {
  log: string[];
  catalog: string;
  neighbors: number;
  floor: number;
  map: ColumnNames;
  event?: Record<string, string>;
  time?: string;
  strict: boolean;
  explain?: string;
  prior: boolean;
  seed: number;
  memory: number;
  threads: number;
  temp?: string;
  json: boolean;
}

const DESCRIPTION = `Counts a shop's logs into an item pack: static files that hold what all shoppers do, for each
shopper's browser to use. Logs are CSV in Vitrine's format or order exports, plain or gzip, or GA4's
BigQuery export as JSON lines. Pairs of products with too few shoppers are left out.

For a large catalog the pack is small, with parts beside it; a browser only loads the parts for the
products that the shopper views. File names of parts contain the pack's id, so you can keep old ones
until no page needs them. Keep products of a category together in the catalog: shoppers then load
fewer parts.`;

/** `vitrine pack`: logs and a catalog in, an item pack and a report out. */
export function packCommand(io: CommandIo): Command {
  const { neighbors, minShoppers } = DEFAULT_PACK_OPTIONS;
  return new Command("pack")
    .summary("count a shop's logs into an item pack")
    .description(DESCRIPTION)
    .option("--log <file...>", "logs to count")
    .requiredOption("--catalog <file>", "the catalog that the shop's pages load")
    .option("--out <file>", "where to write the pack", "pack.bin")
    .option("--neighbors <n>", "neighbors to keep per product", whole(1, 200), neighbors)
    .option(
      "--floor <k>",
      "minimum number of distinct shoppers per pair",
      whole(1, 1000),
      minShoppers,
    )
    .option("--shard-above <n>", "split the pack above this many products", whole(0, 1e7), 20_000)
    .option("--shard-rows <n>", "products per part", whole(1, 1e6), 2048)
    .option("--map <field=column>", "a column of the log; repeatable", mapping(LOG_FIELDS))
    .addHelpText("after", `\nFields to map: ${LOG_FIELDS.join(", ")}.`)
    .option("--event <word=type>", "what a log's event word means; may be repeated", eventWords)
    .option(
      "--time <order>",
      "dmy or mdy, where 1/2/2026 could be two days; or a strptime pattern",
      timeForm,
    )
    .option("--strict", "stop at malformed rows instead of leaving them out")
    .option("--explain <id>", "print a product's neighbors; without --log, of the pack at --out")
    .option("--prior", "also learn the weights that shoppers start from, kept if clearly better")
    .option("--seed <n>", "of all chance in learning them", whole(0, 999_999_999), 1)
    .option("--memory <mb>", "memory to count in; the rest goes to disk", whole(128, 1e6), 1024)
    .option("--threads <n>", "threads to count with", whole(1, 256), 2)
    .option("--temp <folder>", "where to put what memory does not hold (default: the system's)")
    .option("--json", "print the report as JSON")
    .action((options: PackOptions) => runPack({ ...options, log: options.log ?? [] }, io));
}

/** `kauf=purchase`, each time one more. */
function eventWords(text: string, before: Record<string, string> = {}): Record<string, string> {
  const [, word = "", type = ""] = /^\s*(.*\S)\s*=\s*(\w+)\s*$/.exec(text) ?? [];
  const types: readonly string[] = [...LOG_WORDS, "none"];
  if (!types.includes(type)) {
    throw new InvalidArgumentError(`Expected WORD=TYPE, with one of ${types.join(", ")}.`);
  }
  return { ...before, [word]: type };
}

function timeForm(text: string): string {
  if (!text.includes("%") && !isDayOrder(text)) {
    throw new InvalidArgumentError(
      `Expected one of ${DAY_ORDERS.join(", ")}, or a pattern with %.`,
    );
  }
  return text;
}

async function runPack(options: PackOptions, io: CommandIo): Promise<void> {
  const { catalog, rejected } = readCatalogFile(options.catalog);
  if (catalog.size === 0) throw new CommandError(`catalog "${options.catalog}" has no products`);
  checkExplain(options, catalog);
  if (options.log.length === 0) {
    printNeighbors(readPackFiles(options.out, catalog));
    return;
  }
  const { pack, report } = await count(options, catalog, io);
  const all = {
    ...report,
    files: writePackFiles(pack, catalog, options),
    products: catalog.size,
    rejectedProducts: rejected.length,
    floor: options.floor,
    peakMemoryMb: Math.round(process.resourceUsage().maxRSS / 1024),
  };
  io.out(options.json ? `${JSON.stringify(all)}\n` : packReportText(all));
  if (options.explain !== undefined) printNeighbors(pack);

  function printNeighbors(from: PackedLogs["pack"]): void {
    const row = catalog.rowOf(options.explain!)!;
    const neighbors = productNeighbors(from, catalog, row);
    if (options.json) io.out(`${JSON.stringify({ neighbors })}\n`);
    else io.out(`\n${neighborsText(catalog.products[row]!, neighbors)}`);
  }
}

function checkExplain({ explain, log }: PackOptions, catalog: Catalog): void {
  if (explain === undefined && log.length === 0) {
    throw new CommandError("--log is missing, expected one or more files", 2);
  }
  if (explain !== undefined && catalog.rowOf(explain) === undefined) {
    throw new CommandError(`--explain is "${explain}", expected the id of a product`, 2);
  }
}

async function count(options: PackOptions, catalog: Catalog, io: CommandIo): Promise<PackedLogs> {
  const { neighbors, floor: minShoppers, memory: memoryMb, threads, temp } = options;
  const progress = createProgress(io);
  const duckdb = await openDuckdb({ memoryMb, threads, ...(temp && { folder: temp }) });
  try {
    return await packLogs({
      duckdb,
      catalog,
      logs: options.log,
      map: options.map ?? {},
      words: options.event ?? {},
      time: options.time,
      settings: { ...DEFAULT_PACK_OPTIONS, neighbors, minShoppers },
      shardRows: options.shardRows,
      ...(options.prior && { priorSeed: options.seed }),
      onStep(step, path) {
        progress.step(step === "reading" ? `Reading ${path}` : STEP_TITLES[step], duckdb.progress);
      },
      onRead: (log) => checkRead(log, options.strict),
    });
  } finally {
    progress.end();
    duckdb.close();
  }
}

function checkRead({ rows, malformed, faults }: LogReport, isStrict: boolean): void {
  const list = `\n  ${faults.join("\n  ")}`;
  if (isStrict && malformed > 0) {
    throw new CommandError(`${malformed} of ${rows} rows are malformed:${list}`);
  }
  if (rows === malformed) throw new CommandError(`no row of the log is usable:${list}`);
}
