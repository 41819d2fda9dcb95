import { createRecommender } from "../engine/createRecommender.ts";
import { failed } from "../engine/kit/message.ts";
import { eachSlice } from "../engine/kit/scheduler.ts";
import { loadLazyParts } from "../engine/openParts.ts";
import type { Recommender, Status } from "../engine/recommender.ts";
import { openItemPack } from "../engine/shop/itemPack.ts";
import { catalogRows, createCatalogReader } from "../engine/shop/parseCatalog.ts";
import { catalogFile } from "./catalogFile.ts";
import { fetchFile } from "./fetchFile.ts";
import type { OpenOptions } from "./openOptions.ts";

/**
 * Loads a shop's files and starts a recommender on the current thread. Without a valid item pack there is
 * no crowd knowledge, but there are still cards.
 * @throws {Error} if the catalog cannot be loaded, naming its address.
 */
export async function startRecommender(
  options: OpenOptions,
  thread: Status["thread"],
): Promise<Recommender> {
  const { databaseName, trainer, seed, consent, guest, resumed, globalPrivacyControl } = options;
  const { rules, experiment, comparedShare, warnings = [] } = options;
  const [file, packBytes] = await Promise.all(
    [
      catalogFile(options),
      typeof options.pack === "string" ? fetchBytes(options.pack, PACK_MS) : options.pack,
      loadLazyParts(),
    ].map((loading) => Promise.resolve(loading).catch((error: Error) => error)),
  );
  if (file instanceof Error) throw file;
  const reader = createCatalogReader();
  await eachSlice(catalogRows(file), reader.read);
  const { catalog, rejected } = reader.finish();
  const pack = await readPack(packBytes as ArrayBuffer | Error | undefined);
  return createRecommender({
    catalog,
    pack,
    loadShard: (index) => fetchShard(options.pack, pack?.shards?.packId ?? 0, index),
    rules,
    experiment,
    comparedShare,
    rejectedProducts: rejected,
    warnings,
    thread,
    ...(databaseName === undefined ? {} : { databaseName }),
    ...(trainer === undefined ? {} : { trainer }),
    ...(seed === undefined ? {} : { seed }),
    ...(consent === undefined ? {} : { consent }),
    ...(guest === undefined ? {} : { guest }),
    ...(resumed === undefined ? {} : { resumed }),
    ...(globalPrivacyControl === undefined ? {} : { globalPrivacyControl }),
  });

  async function readPack(bytes: ArrayBuffer | Error | undefined) {
    if (bytes === undefined) return undefined;
    try {
      if (bytes instanceof Error) throw bytes;
      const opened = openItemPack(bytes, catalog);
      await eachSlice(opened.checks, (check) => check());
      return opened.finish();
    } catch (error) {
      warnings.push(failed("no-crowd-knowledge", "Cards come without crowd knowledge", error));
      return undefined;
    }
  }
}

/** Without the crowd's knowledge cards are less good, but they do not wait for it any longer. */
const PACK_MS = 8000;
/** Training waits for the shards it learns from, but not forever. */
const SHARD_MS = 15_000;

async function fetchShard(pack: OpenOptions["pack"], packId: number, index: number) {
  if (typeof pack !== "string") throw new Error("a pack in shards must be given by its address");
  const { shardAddress } = await import("../engine/shop/packShards.ts");
  return fetchBytes(shardAddress(pack, packId, index), SHARD_MS);
}

function fetchBytes(address: string, ms: number): Promise<ArrayBuffer> {
  return fetchFile(address, (response) => response.arrayBuffer(), ms);
}
