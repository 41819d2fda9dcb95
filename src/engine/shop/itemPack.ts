import { hashWords } from "../kit/hash.ts";
import { VitrineError } from "../kit/message.ts";
import { partsOf } from "../kit/scheduler.ts";
import { NETWORK_SIZE } from "../network/network.ts";
import type { Catalog } from "./catalog.ts";
import { RETURN_BUCKETS } from "./returnChances.ts";

/**
 * The crowd's knowledge as static files next to the catalog: for each product, the products that its
 * shoppers also visited, and its popularity. Packs are only ever downloaded. Without one, everything
 * still works from content, the shopper's own history and uniform popularity.
 */
export interface ItemPack {
  /** Neighbors of `row` are at `starts[row] … starts[row + 1]`; length products + 1. */
  readonly starts: Uint32Array;
  /** Rows of the neighbors, strongest first. */
  readonly neighbors: Uint32Array;
  /** Similarity of each neighbor, √-quantized: similarity = (value / 255)², in [0, 1]. */
  readonly strengths: Uint8Array;
  /** Recent popularity per product, quantized: popularity = value / 255, in [0, 1]. */
  readonly popularity: Uint8Array;
  /** Weights of a network trained on this shop's own log, if the pack contains them. */
  readonly prior: Float32Array | undefined;
  /** The crowd's chance of going back to a known product, one for each of `RETURN_BUCKETS`. */
  readonly returnChances?: Float32Array | undefined;
  /** Set if the neighbors are in separate files; neighbors in files not yet loaded are missing. */
  readonly shards?: ShardPlan;
}

/** How the neighbors of a large catalog are split into files. */
export interface ShardPlan {
  /** Identifies the pack, so that a shard of another one is refused. */
  readonly packId: number;
  /** Shard n holds the neighbors of this many rows, starting at n · rows. */
  readonly rows: number;
}

const MAGIC = 0x56495450; // "VITP"
const VERSION = 3;
/** Version 2 had no chances of return; everything else is the same. */
const OLDEST_VERSION = 2;
/** Signature, version, products, links, catalog hash, columns, first row, rows, shard plan, checksum. */
const HEADER_WORDS = 11;
const HEADER_BYTES = 4 * HEADER_WORDS;
const CHECKSUM_AT = HEADER_WORDS - 1;
/** Columns that a file contains in addition to the neighbors. */
const POPULARITY = 1;
const PRIOR = 2;
const RETURN_CHANCES = 4;

/** An empty pack: no neighbors, all products equally popular. */
export function emptyItemPack(size: number): ItemPack {
  return {
    starts: new Uint32Array(size + 1),
    neighbors: new Uint32Array(0),
    strengths: new Uint8Array(0),
    popularity: new Uint8Array(size),
    prior: undefined,
  };
}

export function quantizeSimilarity(similarity: number): number {
  return Math.round(255 * Math.sqrt(Math.min(1, Math.max(0, similarity))));
}

/** Serializes a pack for `catalog` as one file: a header, then the columns, little-endian. */
export function itemPackToBytes(pack: ItemPack, catalog: Catalog): ArrayBuffer {
  return fileOf(pack, catalog, { firstRow: 0, rows: catalog.size, isBase: true });
}

/**
 * Serializes a pack as a base file without neighbors, and shards with the neighbors of `rows` products
 * each.
 */
export function itemPackToShards(
  pack: ItemPack,
  catalog: Catalog,
  rows: number,
): { base: ArrayBuffer; shards: ArrayBuffer[]; plan: ShardPlan } {
  const columns = [pack.starts, pack.neighbors, pack.strengths, pack.popularity];
  const packId = columns.reduce((hash, column) => hashWords(column, hash), catalog.idsHash);
  const plan = { packId, rows };
  const shards = Array.from({ length: Math.ceil(catalog.size / rows) }, (_, index) => {
    const firstRow = index * rows;
    const own = Math.min(rows, catalog.size - firstRow);
    return fileOf(pack, catalog, { firstRow, rows: own, isBase: false, plan });
  });
  const base = fileOf(pack, catalog, { firstRow: 0, rows: 0, isBase: true, plan });
  return { base, shards, plan };
}

/** The part of a pack in one file: neighbors of some rows; a base also has the other columns. */
interface FilePart {
  firstRow: number;
  rows: number;
  isBase: boolean;
  plan?: ShardPlan;
}

function fileOf(pack: ItemPack, catalog: Catalog, part: FilePart): ArrayBuffer {
  const { firstRow, rows, isBase, plan } = part;
  const from = pack.starts[firstRow]!;
  const links = pack.starts[firstRow + rows]! - from;
  const columns = isBase ? columnsOf(pack) : 0;
  const layout = layoutOf({ products: catalog.size, rows, links, columns });
  const buffer = new ArrayBuffer(layout.end);
  const starts = pack.starts.subarray(firstRow, firstRow + rows + 1).map((start) => start - from);
  new Uint32Array(buffer, layout.starts, rows + 1).set(starts);
  layout.openRows(buffer).set(pack.neighbors.subarray(from, from + links));
  new Uint8Array(buffer, layout.strengths, links).set(pack.strengths.subarray(from, from + links));
  if (isBase) new Uint8Array(buffer, layout.popularity, catalog.size).set(pack.popularity);
  if (isBase && pack.prior) new Float32Array(buffer, layout.prior, NETWORK_SIZE).set(pack.prior);
  if (isBase && pack.returnChances)
    new Float32Array(buffer, layout.returnChances, RETURN_BUCKETS.length).set(pack.returnChances);
  const { packId, rows: shardRows } = plan ?? { packId: 0, rows: 0 };
  const about = [MAGIC, VERSION, catalog.size, links, catalog.idsHash, columns, firstRow, rows];
  new Uint32Array(buffer, 0, CHECKSUM_AT).set([...about, packId, shardRows]);
  new Uint32Array(buffer, 4 * CHECKSUM_AT, 1)[0] = checksumOf(buffer);
  return buffer;
}

function columnsOf({ prior, returnChances }: ItemPack): number {
  return POPULARITY | (prior ? PRIOR : 0) | (returnChances ? RETURN_CHANCES : 0);
}

/**
 * Reads a pack and checks that it is complete and was made for exactly this catalog. For a sharded pack
 * this reads the base; see `packShards.ts`.
 * @throws {Error} naming the found and the expected value; the caller continues without a pack.
 */
export function itemPackFromBytes(buffer: ArrayBuffer, catalog: Catalog): ItemPack {
  return checked(openItemPack(buffer, catalog));
}

/** A file that is not fully checked yet. */
export interface OpenedFile<File> {
  /** Checks of a few thousand numbers each, to run in order. @throws {VitrineError} when one fails. */
  checks: (() => void)[];
  /** The file's content, valid once all checks have run. */
  finish(): File;
}

/** Like `itemPackFromBytes`, but without running the checks, so that the caller can pause in between. */
export function openItemPack(buffer: ArrayBuffer, catalog: Catalog): OpenedFile<ItemPack> {
  const { checks, finish } = openPackFile(buffer, catalog);
  return { checks, finish: () => packOf(finish(), catalog) };
}

function packOf(file: PackFile, catalog: Catalog): ItemPack {
  const { firstRow, rows, plan, popularity, starts, ...columns } = file;
  if (popularity === undefined) throw damaged("file is a shard, expected a pack");
  expectEqual("first row", firstRow, 0);
  expectEqual("row count", rows, plan ? 0 : catalog.size);
  if (plan === undefined) return { starts, popularity, ...columns };
  return { starts: new Uint32Array(catalog.size + 1), popularity, ...columns, shards: plan };
}

/**
 * Reads one file of a pack: a complete pack, the base of a sharded one, or a shard.
 * @throws {Error} when it is damaged or was made for another catalog.
 */
export function readPackFile(buffer: ArrayBuffer, catalog: Catalog): PackFile {
  return checked(openPackFile(buffer, catalog));
}

function checked<File>({ checks, finish }: OpenedFile<File>): File {
  for (const check of checks) check();
  return finish();
}

type PackFile = Omit<ItemPack, "popularity" | "shards"> & {
  firstRow: number;
  rows: number;
  plan: ItemPack["shards"];
  popularity: ItemPack["popularity"] | undefined;
};

function openPackFile(buffer: ArrayBuffer, catalog: Catalog): OpenedFile<PackFile> {
  if (buffer.byteLength < HEADER_BYTES) {
    throw damaged(`file has ${buffer.byteLength} bytes, expected ${HEADER_BYTES} or more`);
  }
  const header = new Uint32Array(buffer, 0, HEADER_WORDS);
  const [magic = 0, version = 0, products = 0, links = 0, idsHash = 0] = header;
  const [columns = 0, firstRow = 0, rows = 0, packId = 0, shardRows = 0] = header.subarray(5);
  expectEqual("signature", magic, MAGIC);
  if (version < OLDEST_VERSION) expectEqual("format version", version, OLDEST_VERSION);
  if (version > VERSION) expectEqual("format version", version, VERSION);
  expectEqual("product count", products, catalog.size);
  expectEqual("catalog hash", idsHash, catalog.idsHash);
  const layout = layoutOf({ products, rows, links, columns });
  expectEqual("file size", buffer.byteLength, layout.end);
  const file = {
    firstRow,
    rows,
    plan: shardRows > 0 ? { packId, rows: shardRows } : undefined,
    starts: new Uint32Array(buffer, layout.starts, rows + 1),
    neighbors: new Uint32Array(layout.openRows(buffer)),
    strengths: new Uint8Array(buffer, layout.strengths, links),
    popularity:
      columns & POPULARITY ? new Uint8Array(buffer, layout.popularity, products) : undefined,
    prior: columns & PRIOR ? new Float32Array(buffer, layout.prior, NETWORK_SIZE) : undefined,
    returnChances:
      columns & RETURN_CHANCES
        ? new Float32Array(buffer, layout.returnChances, RETURN_BUCKETS.length)
        : undefined,
  };
  const checks = [...checksumChecks(buffer), ...referenceChecks(file, products)];
  return { checks, finish: () => file };
}

function checksumChecks(buffer: ArrayBuffer): (() => void)[] {
  const words = partsOf(new Uint32Array(buffer, HEADER_BYTES));
  let hash = hashWords(new Uint32Array(buffer, 0, CHECKSUM_AT));
  const expected = new Uint32Array(buffer, 4 * CHECKSUM_AT, 1)[0]!;
  return [
    ...words.map((part) => () => {
      hash = hashWords(part, hash);
    }),
    () => expectEqual("checksum", hash, expected),
  ];
}

function referenceChecks(
  file: Pick<ItemPack, "starts" | "neighbors" | "prior" | "returnChances">,
  products: number,
): (() => void)[] {
  const { starts, neighbors, prior, returnChances } = file;
  let previous = 0;
  return [
    ...partsOf(starts).map((part) => () => {
      previous = lastOfRising(part, previous);
    }),
    () => expectEqual("neighbor count", previous, neighbors.length),
    ...partsOf(neighbors).map((part) => () => {
      const row = part.find((one) => one >= products);
      if (row !== undefined) throw damaged(`neighbor ${row}, expected below ${products}`);
    }),
    () => {
      if (prior && !prior.every(Number.isFinite)) throw damaged("prior weights are not all finite");
      const wrong = returnChances?.find((chance) => !(chance >= 0 && chance <= 1));
      if (wrong !== undefined) throw damaged(`chance of return ${wrong}, expected from 0 to 1`);
    },
  ];
}

function lastOfRising(starts: Uint32Array, before: number): number {
  let previous = before;
  for (const start of starts) {
    if (start < previous) throw damaged(`starts fall from ${previous} to ${start}`);
    previous = start;
  }
  return previous;
}

function damaged(what: string): VitrineError {
  return new VitrineError("pack-damaged", `ItemPack: ${what}`, {});
}

/** @throws {Error} when they differ. */
export function expectEqual(what: string, got: number, expected: number): void {
  if (got !== expected) throw damaged(`${what} is ${got}, expected ${expected}`);
}

/** The offsets of a file's columns. Row numbers take two bytes if two are enough. */
function layoutOf(file: { products: number; rows: number; links: number; columns: number }) {
  const { products, rows, links, columns } = file;
  const Rows = products <= 65_536 ? Uint16Array : Uint32Array;
  const starts = HEADER_BYTES;
  const neighbors = starts + 4 * (rows + 1);
  const strengths = neighbors + aligned(Rows.BYTES_PER_ELEMENT * links);
  const popularity = strengths + aligned(links);
  const prior = popularity + (columns & POPULARITY ? aligned(products) : 0);
  const returnChances = prior + (columns & PRIOR ? 4 * NETWORK_SIZE : 0);
  const end = returnChances + (columns & RETURN_CHANCES ? 4 * RETURN_BUCKETS.length : 0);
  const openRows = (buffer: ArrayBuffer) => new Rows(buffer, neighbors, links);
  return { starts, neighbors, strengths, popularity, prior, returnChances, end, openRows };
}

/** Whole words, so that the 32-bit columns and the checksum stay aligned. */
function aligned(bytes: number): number {
  return Math.ceil(bytes / 4) * 4;
}

function checksumOf(buffer: ArrayBuffer): number {
  const header = new Uint32Array(buffer, 0, CHECKSUM_AT);
  return hashWords(new Uint32Array(buffer, HEADER_BYTES), hashWords(header));
}
