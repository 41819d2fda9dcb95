import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { gzipSync } from "node:zlib";
import type { Catalog } from "../../engine/shop/catalog.ts";
import {
  type ItemPack,
  itemPackFromBytes,
  itemPackToBytes,
  itemPackToShards,
} from "../../engine/shop/itemPack.ts";
import { addShard, shardAddress } from "../../engine/shop/packShards.ts";
import { CommandError } from "../commandError.ts";

export interface PackPlan {
  out: string;
  /** Products above which the neighbors go into files of their own, of `shardRows` products each. */
  shardAbove: number;
  shardRows: number;
}

export interface WrittenFile {
  path: string;
  bytes: number;
  gzipBytes: number;
}

/** Writes a pack, in shards if the catalog is large; the file named `out` comes first in the list. */
export function writePackFiles(pack: ItemPack, catalog: Catalog, plan: PackPlan): WrittenFile[] {
  const { out, shardAbove, shardRows } = plan;
  if (catalog.size <= shardAbove) return [writeWhole(out, itemPackToBytes(pack, catalog))];
  const { base, shards, plan: shardPlan } = itemPackToShards(pack, catalog, shardRows);
  const written = shards.map((shard, index) =>
    writeWhole(shardAddress(out, shardPlan.packId, index), shard),
  );
  // The base comes last: once it is there, all shards are there.
  return [writeWhole(out, base), ...written];
}

/** A server must never send half a file. */
function writeWhole(path: string, buffer: ArrayBuffer): WrittenFile {
  const bytes = new Uint8Array(buffer);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.part`, bytes);
  renameSync(`${path}.part`, path);
  return { path, bytes: bytes.length, gzipBytes: gzipSync(bytes).length };
}

/**
 * Reads a written pack, with all its shards.
 * @throws {CommandError} naming the file that is missing, damaged or of another catalog.
 */
export function readPackFiles(out: string, catalog: Catalog): ItemPack {
  const pack = readOne(out, (buffer) => itemPackFromBytes(buffer, catalog));
  if (pack.shards === undefined) return pack;
  const { packId, rows } = pack.shards;
  for (let index = 0; index * rows < catalog.size; index++) {
    const path = shardAddress(out, packId, index);
    readOne(path, (buffer) => addShard(pack, { index, buffer, catalog }));
  }
  return pack;
}

function readOne<Result>(path: string, read: (buffer: ArrayBuffer) => Result): Result {
  try {
    return read(Uint8Array.from(readFileSync(path)).buffer);
  } catch (error) {
    throw new CommandError(`cannot read pack "${path}": ${(error as Error).message}`);
  }
}
