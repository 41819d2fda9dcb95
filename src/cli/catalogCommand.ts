import { mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { Command, Option } from "commander";
import { FieldError } from "../engine/kit/fields.ts";
import type { FeedEntry } from "../feeds/feedEntry.ts";
import { CommandError } from "./commandError.ts";
import type { CommandIo } from "./commandIo.ts";
import { createProgress } from "./commandProgress.ts";
import { type Imported, importProducts, withoutName } from "./feeds/importProducts.ts";
import { FEED_FORMATS, type FeedOptions, readFeed } from "./feeds/readFeed.ts";
import { TABLE_FIELDS } from "./feeds/table.ts";
import { mapping } from "./optionReaders.ts";

interface CatalogOptions extends FeedOptions {
  out: string;
  strict?: boolean;
  json?: boolean;
}

const DESCRIPTION = `Makes a catalog for a shop's pages from data the shop already has: a Google Merchant feed (RSS, Atom
or tab-separated), Shopify's products.json, WooCommerce's Store API, saved pages with JSON-LD (also a
folder of HTML files), CSV or JSON. Rows that are not products are reported with the reason; variants
of a product are merged into one.`;

/** `vitrine catalog`: feeds in, `catalog.json` and a report out. */
export function catalogCommand(io: CommandIo): Command {
  return new Command("catalog")
    .summary("make a catalog from a shop's feed")
    .description(DESCRIPTION)
    .argument("<feed...>", "files, or folders of HTML files")
    .requiredOption("--out <dir>", "folder for catalog.json")
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
    .option("--strict", "fail on rejected rows instead of skipping them")
    .option("--json", "print the report as JSON")
    .action((feeds: string[], options: CatalogOptions) => runCatalog(feeds, options, io));
}

async function runCatalog(feeds: string[], options: CatalogOptions, io: CommandIo): Promise<void> {
  const entries = await readFeeds(feeds, options, io);
  const imported = importProducts(entries);
  if (options.strict && imported.rejected.length > 0) throw new CommandError(rejections(imported));
  if (imported.products.length === 0) {
    throw new CommandError(`found no products in ${feeds.join(", ")}: ${rejections(imported)}`);
  }
  const file = writeCatalog(imported, options.out);
  const { rejected, variants } = imported;
  const report = { file, products: imported.products.length, variants, rejected };
  io.out(options.json ? `${JSON.stringify(report)}\n` : textOf(report));
}

/** Written to a temporary file first, so that a site never serves half of it. */
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
  options: FeedOptions,
  io: CommandIo,
): Promise<FeedEntry[]> {
  const progress = createProgress(io);
  const entries: FeedEntry[] = [];
  try {
    for (const feed of feeds) {
      const files = filesOf(feed);
      let done = 0;
      progress.step(`Reading ${feed}`, () => done / files.length);
      for (const path of files) {
        for (const entry of entriesOf(path, options)) entries.push(entry);
        done++;
        await setImmediate(); // Lets the progress bar repaint.
      }
    }
  } finally {
    progress.end();
  }
  return entries;
}

/** A folder means all HTML pages in it. */
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

function entriesOf(path: string, options: FeedOptions): FeedEntry[] {
  try {
    const entries = readFeed(readFileSync(path, "utf8"), path, options);
    return entries.map((entry) => ({
      ...entry,
      place: entry.place === path ? path : `${path}: ${entry.place}`,
    }));
  } catch (error) {
    if (!(error instanceof FieldError) && !(error instanceof Error && "code" in error)) throw error;
    throw new CommandError(`cannot read feed "${path}": ${withoutName((error as Error).message)}`);
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
    lines.push(`${counted(report.variants, "variant")} joined with others of the same product`);
  if (report.rejected.length > 0) lines.push(rejections(report));
  return `${lines.join("\n")}\n`;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}
