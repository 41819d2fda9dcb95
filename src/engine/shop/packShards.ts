import { failed, type Message } from "../kit/message.ts";
import type { Catalog } from "./catalog.ts";
import { expectEqual, type ItemPack, readPackFile } from "./itemPack.ts";

/**
 * Loads the shards of an item pack as they are needed. The server learns that somebody views, or viewed
 * on an earlier visit, one of a shard's products (`SECURITY.md`).
 */
export interface PackShards {
  /**
   * Loads the neighbors of these rows into the pack. Resolves when they are there, when loading failed,
   * or after `patienceMs`; shards that arrive later are used by the next shelf.
   */
  need(rows: Iterable<number>, patienceMs?: number): Promise<void>;
}

export interface PackShardsOptions {
  pack: ItemPack;
  catalog: Catalog;
  load(index: number): Promise<ArrayBuffer>;
  onWarning(warning: Message): void;
}

/** The longest time that a shelf waits for the crowd's knowledge. */
export const SHARD_PATIENCE_MS = 1000;

export function createPackShards(options: PackShardsOptions): PackShards {
  const { pack, catalog } = options;
  const loading = new Map<number, Promise<void>>();
  let hasFailed = false;

  async function add(index: number): Promise<void> {
    try {
      addShard(pack, { index, buffer: await options.load(index), catalog });
    } catch (error) {
      loading.delete(index); // The next request tries again.
      const what = "Some cards come without crowd knowledge";
      if (!hasFailed) options.onWarning(failed("less-crowd-knowledge", what, error));
      hasFailed = true;
    }
  }

  return {
    async need(rows, patienceMs = SHARD_PATIENCE_MS) {
      if (pack.shards === undefined) return;
      const wanted = new Set<number>();
      for (const row of rows) wanted.add(Math.floor(row / pack.shards.rows));
      for (const index of wanted) if (!loading.has(index)) loading.set(index, add(index));
      await within(patienceMs, Promise.all([...wanted].map((index) => loading.get(index))));
    },
  };
}

/** A shard's address: next to the pack, with the pack's id in its name, so that old and new can coexist. */
export function shardAddress(packAddress: string, packId: number, index: number): string {
  const [path = "", query = ""] = packAddress.split(/(?=[?#])/, 2);
  const id = packId.toString(16).padStart(8, "0");
  return `${path.replace(/\.[^./]*$/, "")}.${id}.${index}.bin${query}`;
}

async function within(patienceMs: number, work: Promise<unknown>): Promise<void> {
  if (!Number.isFinite(patienceMs)) return void (await work);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const patience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, patienceMs);
  });
  await Promise.race([work, patience]);
  clearTimeout(timer);
}

/**
 * Adds a shard's neighbors to its pack in place. Add each shard only once.
 * @throws {Error} for a damaged shard, and for one of another pack or index.
 */
export function addShard(
  pack: ItemPack,
  { index, buffer, catalog }: { index: number; buffer: ArrayBuffer; catalog: Catalog },
): void {
  const shard = readPackFile(buffer, catalog);
  const { packId, rows } = pack.shards!;
  expectEqual("pack id", shard.plan?.packId ?? 0, packId);
  expectEqual("first row", shard.firstRow, index * rows);
  expectEqual("row count", shard.rows, Math.min(rows, catalog.size - shard.firstRow));
  const at = pack.starts[shard.firstRow]!;
  const starts = pack.starts.map((start, row) => {
    const done = Math.min(Math.max(row - shard.firstRow, 0), shard.rows);
    return start + shard.starts[done]!;
  });
  const neighbors = new Uint32Array(pack.neighbors.length + shard.neighbors.length);
  const strengths = new Uint8Array(neighbors.length);
  insert(neighbors, { old: pack.neighbors, added: shard.neighbors, at });
  insert(strengths, { old: pack.strengths, added: shard.strengths, at });
  Object.assign(pack, { starts, neighbors, strengths });
}

function insert<Column extends Uint32Array | Uint8Array>(
  into: Column,
  { old, added, at }: { old: Column; added: Column; at: number },
): void {
  into.set(old.subarray(0, at));
  into.set(added, at);
  into.set(old.subarray(at), at + added.length);
}
