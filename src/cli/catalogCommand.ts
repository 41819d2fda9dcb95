import { mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { Command, Option } from "commander";
import { FieldError } from "../engine/kit/fields.ts";
import type { FeedEntry } from "../feeds/feedEntry.ts";
import { nextPage } from "../feeds/shopFeed.ts";
import { CommandError } from "./commandError.ts";
import type { CommandIo } from "./commandIo.ts";
import { createProgress } from "./commandProgress.ts";
import { catalogReport } from "./feeds/catalogReport.ts";
import { TABLE_FIELDS } from "./feeds/columns.ts";
import { feedText } from "./feeds/feedText.ts";
import { fetchFeed } from "./feeds/fetchFeed.ts";
import { type Imported, importProducts, withoutName } from "./feeds/importProducts.ts";
import { FEED_FORMATS, type FeedOptions, readFeedAndNotes } from "./feeds/readFeed.ts";
import { mapping } from "./optionReaders.ts";

interface CatalogOptions extends FeedOptions {
  out: string;
  encoding?: string;
  report?: string;
  strict?: boolean;
  json?: boolean;
}

const DESCRIPTION = `Makes a catalog for a shop's pages out of what the shop has: a Google or Meta feed (RSS, Atom or
CSV under any delimiter), the product exports of Shopify and WooCommerce (CSV, products.json, GraphQL,
Store API, REST API), saved pages with JSON-LD (a folder of HTML files, too), CSV or JSON. Files may be
gzip and in any encoding. Rows that are not products are reported with the reason; variants of one
product become one. docs/feeds.md says how each field is read.`;

/** `vitrine catalog`: feeds in, `catalog.json` and a report out. */
export function catalogCommand(io: CommandIo): Command {
  return new Command("catalog")
    .summary("make a catalog from a shop's feed")
    .description(DESCRIPTION)
    .argument("<feed...>", "files, addresses (https://…), or folders of HTML files")
    .requiredOption("--out <dir>", "where to write catalog.json")
    .addOption(
      new Option("--format <name>", "the feed's format (default: detected)").choices(FEED_FORMATS),
    )
    .option("--currency <code>", "ISO currency, for feeds without one")
    .option(
      "--map <field=column>",
      "a column name, or in JSON a path such as price.amount; repeatable",
      mapping(TABLE_FIELDS),
    )
    .addHelpText("after", `\nFields to map: ${TABLE_FIELDS.join(", ")}.`)
    .addOption(
      new Option(
        "--decimal <sign>",
        "the sign before fractions, where 1.299 could be two amounts",
      ).choices([".", ","]),
    )
    .option("--base <address>", "the shop's address, for links that are paths or begin with http:")
    .option("--encoding <name>", "the encoding of feeds that do not name it, such as windows-1252")
    .option("--report <file>", "also write a page with counts, rejected rows and sample cards")
    .option("--strict", "stop at rejected rows instead of leaving them out")
    .option("--json", "print the report as JSON")
    .action((feeds: string[], options: CatalogOptions) => runCatalog(feeds, options, io));
}

async function runCatalog(feeds: string[], options: CatalogOptions, io: CommandIo): Promise<void> {
  if (options.base !== undefined && !/^https?:\/\/[^/]/.test(options.base)) {
    throw new CommandError(`--base is "${options.base}", expected an address such as https://…`, 2);
  }
  const { entries, notes } = await readFeeds(feeds, options, io);
  const read = importProducts(entries);
  const imported = { ...read, notes: [...notes, ...read.notes] };
  if (options.report !== undefined) writeReport(options.report, catalogReport(imported, feeds));
  if (options.strict && imported.rejected.length > 0) throw new CommandError(rejections(imported));
  if (imported.products.length === 0) {
    throw new CommandError(`found no products in ${feeds.join(", ")}: ${rejections(imported)}`);
  }
  const file = writeCatalog(imported, options.out);
  const { products, ...others } = imported;
  const report = { file, products: products.length, ...others };
  io.out(options.json ? `${JSON.stringify(report)}\n` : textOf(report));
}

function writeReport(file: string, page: string): void {
  try {
    writeFileSync(file, page);
  } catch (error) {
    throw new CommandError(`cannot write "${file}": ${(error as Error).message}`);
  }
}

/** Written beside its place first: a site never serves half of it. */
function writeCatalog({ products }: Imported, folder: string): string {
  const file = join(folder, "catalog.json");
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(`${file}.part`, JSON.stringify({ version: 1, products }));
    renameSync(`${file}.part`, file);
  } catch (error) {
    throw new CommandError(`cannot write "${file}": ${(error as Error).message}`);
  }
  return file;
}

/** One progress step per feed, even for a folder of many pages. */
async function readFeeds(
  feeds: string[],
  options: CatalogOptions,
  io: CommandIo,
): Promise<{ entries: FeedEntry[]; notes: string[] }> {
  const progress = createProgress(io);
  const read = { entries: [] as FeedEntry[], notes: [] as string[] };
  try {
    for (const feed of feeds) {
      const files = ADDRESS.test(feed) ? [feed] : filesOf(feed);
      let done = 0;
      progress.step(`Reading ${feed}`, () => done / files.length);
      for (const path of files) {
        const { entries, notes } = await entriesOf(path, options);
        for (const entry of entries) read.entries.push(entry);
        read.notes.push(...notes);
        const next = ADDRESS.test(path) ? nextPage(path, entries.length) : undefined;
        if (next !== undefined && files.length < MAX_PAGES) files.push(next);
        done++;
        await setImmediate(); // Lets the progress bar repaint.
      }
    }
  } finally {
    progress.end();
  }
  return read;
}

/** Of a platform's own list of products, which says in its address how long a page is. */
const MAX_PAGES = 10_000;
const ADDRESS = /^https?:\/\//i;

/** A folder means the pages in it. */
function filesOf(path: string): string[] {
  try {
    if (!statSync(path).isDirectory()) return [path];
    const names = readdirSync(path, { recursive: true, encoding: "utf8" });
    return names
      .filter((name) => /\.html?$/i.test(name))
      .sort()
      .map((name) => join(path, name));
  } catch (error) {
    throw new CommandError(`cannot read feed "${path}": ${(error as Error).message}`);
  }
}

async function entriesOf(path: string, options: CatalogOptions) {
  const { bytes, served } = ADDRESS.test(path) ? await fetchFeed(path) : fileBytes(path);
  try {
    const { text, note } = feedText(bytes, { encoding: options.encoding, served });
    const { entries, notes } = readFeedAndNotes(text, path, options);
    const placed = entries.map((entry) => ({
      ...entry,
      place: entry.place === path ? path : `${path}: ${entry.place}`,
    }));
    const said = note === undefined ? notes : [note, ...notes];
    return { entries: placed, notes: said.map((one) => `${path}: ${one}`) };
  } catch (error) {
    if (!(error instanceof FieldError)) throw error;
    throw new CommandError(`cannot read feed "${path}": ${withoutName(error.message)}`);
  }
}

function fileBytes(path: string): { bytes: Uint8Array; served: undefined } {
  try {
    return { bytes: readFileSync(path), served: undefined };
  } catch (error) {
    throw new CommandError(`cannot read feed "${path}": ${(error as Error).message}`);
  }
}

function rejections({ rejected }: Pick<Imported, "rejected">): string {
  const lines = rejected.map(
    ({ place, id, reason }) => `  ${place}${id === undefined ? "" : ` (${id})`}: ${reason}`,
  );
  return [`${counted(rejected.length, "row")} rejected`, ...lines].join("\n");
}

function textOf(report: Omit<Imported, "products"> & { file: string; products: number }): string {
  const lines = [`${report.file}: ${counted(report.products, "product")}`];
  if (report.variants > 0)
    lines.push(`${counted(report.variants, "variant")} joined with others of their product`);
  for (const [reason, rows] of Object.entries(report.leftOut)) {
    lines.push(`${counted(rows, "row")} left out: ${reason}`);
  }
  lines.push(...report.notes);
  if (report.rejected.length > 0) lines.push(rejections(report));
  return `${lines.join("\n")}\n`;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}
