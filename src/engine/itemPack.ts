import type { Catalog } from "./catalog.ts";
import { hashWords } from "./hash.ts";
import { NETWORK_SIZE } from "./network.ts";

/**
 * What the crowd knows, as one static file beside the catalogue: for each product the products its
 * shoppers also went to, and how popular it is. It only ever travels to the shopper. Without one
 * everything still works from content, the shopper's own history and an even popularity.
 */
export interface ItemPack {
  /** Neighbours of `row` stand at `starts[row] … starts[row + 1]`; length products + 1. */
  readonly starts: Uint32Array;
  /** Rows of the neighbours, strongest first. */
  readonly neighbours: Uint32Array;
  /** Similarity of each neighbour, √-quantised: similarity = (value / 255)², in [0, 1]. */
  readonly strengths: Uint8Array;
  /** Recent popularity per product, quantised: popularity = value / 255, in [0, 1]. */
  readonly popularity: Uint8Array;
  /** Weights of a network trained on this shop's own log, if the builder made one. */
  readonly prior: Float32Array | undefined;
}

const MAGIC = 0x56495450; // "VITP"
const VERSION = 1;
const HEADER_BYTES = 32;
const CHECKSUM_AT = 28;

/** A pack that knows nothing: no neighbours, all products equally popular. */
export function emptyItemPack(size: number): ItemPack {
  return {
    starts: new Uint32Array(size + 1),
    neighbours: new Uint32Array(0),
    strengths: new Uint8Array(0),
    popularity: new Uint8Array(size),
    prior: undefined,
  };
}

export function quantiseSimilarity(similarity: number): number {
  return Math.round(255 * Math.sqrt(Math.min(1, Math.max(0, similarity))));
}

/** Serialises a pack for `catalog`: a 32-byte header, then the columns, little-endian. */
export function itemPackToBytes(pack: ItemPack, catalog: Catalog): ArrayBuffer {
  const layout = layoutOf(catalog.size, pack.neighbours.length, pack.prior !== undefined);
  const buffer = new ArrayBuffer(layout.end);
  new Uint32Array(buffer, layout.starts, pack.starts.length).set(pack.starts);
  new Uint32Array(buffer, layout.neighbours, pack.neighbours.length).set(pack.neighbours);
  new Uint8Array(buffer, layout.strengths, pack.strengths.length).set(pack.strengths);
  new Uint8Array(buffer, layout.popularity, pack.popularity.length).set(pack.popularity);
  if (pack.prior) new Float32Array(buffer, layout.prior, NETWORK_SIZE).set(pack.prior);
  new Uint32Array(buffer, 0, 6).set([
    MAGIC,
    VERSION,
    catalog.size,
    pack.neighbours.length,
    catalog.idsHash,
    pack.prior ? 1 : 0,
  ]);
  new Uint32Array(buffer, CHECKSUM_AT, 1)[0] = checksum(buffer);
  return buffer;
}

/**
 * Reads a pack and checks that it is whole and was made for this very catalogue.
 * @throws {Error} saying what was found and what was expected; the caller goes on without a pack.
 */
export function itemPackFromBytes(buffer: ArrayBuffer, catalog: Catalog): ItemPack {
  if (buffer.byteLength < HEADER_BYTES) {
    throw new Error(
      `ItemPack: file has ${buffer.byteLength} bytes, expected ${HEADER_BYTES} or more`,
    );
  }
  const header = new Uint32Array(buffer, 0, 8);
  const [magic = 0, version = 0, products = 0, links = 0, idsHash = 0, hasPrior = 0] = header;
  expect("signature", magic, MAGIC);
  expect("format version", version, VERSION);
  expect("product count", products, catalog.size);
  expect("catalogue hash", idsHash, catalog.idsHash);
  const layout = layoutOf(products, links, hasPrior === 1);
  expect("file size", buffer.byteLength, layout.end);
  expect("checksum", checksum(buffer), header[CHECKSUM_AT / 4]!);
  const pack: ItemPack = {
    starts: new Uint32Array(buffer, layout.starts, products + 1),
    neighbours: new Uint32Array(buffer, layout.neighbours, links),
    strengths: new Uint8Array(buffer, layout.strengths, links),
    popularity: new Uint8Array(buffer, layout.popularity, products),
    prior: hasPrior === 1 ? new Float32Array(buffer, layout.prior, NETWORK_SIZE) : undefined,
  };
  checkReferences(pack, products);
  return pack;
}

function checkReferences(pack: ItemPack, products: number): void {
  let previous = 0;
  for (const start of pack.starts) {
    if (start < previous) throw new Error(`ItemPack: starts fall from ${previous} to ${start}`);
    previous = start;
  }
  expect("neighbour count", previous, pack.neighbours.length);
  for (const row of pack.neighbours) {
    if (row >= products) throw new Error(`ItemPack: neighbour ${row}, expected below ${products}`);
  }
  if (pack.prior && !pack.prior.every(Number.isFinite)) {
    throw new Error("ItemPack: prior weights are not all finite");
  }
}

function expect(what: string, got: number, expected: number): void {
  if (got !== expected) throw new Error(`ItemPack: ${what} is ${got}, expected ${expected}`);
}

function layoutOf(products: number, links: number, hasPrior: boolean) {
  const starts = HEADER_BYTES;
  const neighbours = starts + 4 * (products + 1);
  const strengths = neighbours + 4 * links;
  const popularity = strengths + aligned(links);
  const prior = popularity + aligned(products);
  return {
    starts,
    neighbours,
    strengths,
    popularity,
    prior,
    end: prior + (hasPrior ? 4 * NETWORK_SIZE : 0),
  };
}

/** Whole words, so that the 32-bit columns and the checksum stay aligned. */
function aligned(bytes: number): number {
  return Math.ceil(bytes / 4) * 4;
}

function checksum(buffer: ArrayBuffer): number {
  const header = new Uint32Array(buffer, 0, CHECKSUM_AT / 4);
  return hashWords(new Uint32Array(buffer, HEADER_BYTES), hashWords(header));
}
