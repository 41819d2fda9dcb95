import type { ShopperLog } from "../store/shopperLog.ts";

/** The data stored on this device, its protection, and the browser's capabilities. */
export interface StorageReport {
  /** Bytes that the entire site uses, and may use; undefined if the browser does not report it. */
  usedBytes: number | undefined;
  quotaBytes: number | undefined;
  /** Whether the browser promised not to evict the site's data when space runs short. */
  isPersistent: boolean | undefined;
  isEncrypted: boolean;
  /** When the oldest stored event happened, milliseconds since 1970. */
  oldestAt: number | undefined;
  supports: {
    indexedDb: boolean;
    encryption: boolean;
    webgl2InWorker: boolean;
    webLocks: boolean;
    broadcastChannel: boolean;
  };
}

export async function reportStorage(log: ShopperLog): Promise<StorageReport> {
  const storage = globalThis.navigator?.storage;
  const estimate = await answerOf(() => storage.estimate());
  const [oldest] = await log.stored(Number.POSITIVE_INFINITY);
  return {
    usedBytes: estimate?.usage,
    quotaBytes: estimate?.quota,
    isPersistent: await answerOf(() => storage.persisted()),
    isEncrypted: log.isEncrypted,
    oldestAt: oldest?.at,
    supports: {
      indexedDb: await works(async () => indexedDB.databases?.()),
      encryption: await works(async () => crypto.subtle.digest("SHA-256", new Uint8Array(1))),
      webgl2InWorker: hasWebgl2(),
      webLocks: await works(async () =>
        navigator.locks.request("vitrine:try", async () => undefined),
      ),
      broadcastChannel: await works(async () => new BroadcastChannel("vitrine:try").close()),
    },
  };
}

/** Undefined where the browser lacks it or denies it. */
async function answerOf<Answer>(ask: () => Promise<Answer>): Promise<Answer | undefined> {
  return (async () => ask())().catch(() => undefined);
}

/** Tried, because what a browser denies is still there. */
async function works(attempt: () => Promise<unknown>): Promise<boolean> {
  return attempt().then(
    () => true,
    () => false,
  );
}

function hasWebgl2(): boolean {
  if (typeof OffscreenCanvas === "undefined") return false;
  const gl = new OffscreenCanvas(1, 1).getContext("webgl2");
  gl?.getExtension("WEBGL_lose_context")?.loseContext(); // Browsers allow a page only a few contexts.
  return gl !== null;
}
