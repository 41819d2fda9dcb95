/**
 * Shopper logs of the fixture shop for unit tests, with a separate database for each test; importing this
 * file closes them after every test.
 */
import { IDBFactory } from "fake-indexeddb";
import "fake-indexeddb/auto";
import { afterEach, beforeEach, vi } from "vitest";
import type { ShopEvent } from "../engine/events/shopEvent.ts";
import type { Network } from "../engine/network/network.ts";
import { PRIOR_WEIGHTS } from "../engine/shop/priorWeights.ts";
import { openShopperLog, type ShopperLog } from "../engine/store/shopperLog.ts";
import { fixtureCatalog, fixturePack, NOW } from "./fixtures.ts";

export const catalog = fixtureCatalog();
export const pack = fixturePack(catalog);
export const prior: Network = { weights: Float32Array.from(PRIOR_WEIGHTS), activation: "relu" };

const opened: ShopperLog[] = [];

/** A stored log of these events. */
export async function logOf(events: readonly ShopEvent[]): Promise<ShopperLog> {
  const given = { catalog, databaseName: "shop", clock: () => NOW };
  const log = await openShopperLog({ ...given, onChange: () => {}, onWarning: () => {} });
  opened.push(log);
  await log.append(events);
  return log;
}

beforeEach(() => {
  vi.stubGlobal("indexedDB", new IDBFactory());
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  for (const log of opened.splice(0)) log.close();
  vi.unstubAllGlobals();
});
