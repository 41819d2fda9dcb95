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
  const estimate = await storage?.estimate?.();
  const [oldest] = await log.stored(Number.POSITIVE_INFINITY);
  return {
    usedBytes: estimate?.usage,
    quotaBytes: estimate?.quota,
    isPersistent: await storage?.persisted?.(),
    isEncrypted: log.isEncrypted,
    oldestAt: oldest?.at,
    supports: {
      indexedDb: typeof indexedDB !== "undefined",
      encryption: globalThis.crypto?.subtle !== undefined,
      webgl2InWorker: hasWebgl2(),
      webLocks: globalThis.navigator?.locks !== undefined,
      broadcastChannel: typeof BroadcastChannel !== "undefined",
    },
  };
}

function hasWebgl2(): boolean {
  if (typeof OffscreenCanvas === "undefined") return false;
  const gl = new OffscreenCanvas(1, 1).getContext("webgl2");
  gl?.getExtension("WEBGL_lose_context")?.loseContext(); // Browsers allow a page only a few contexts.
  return gl !== null;
}
