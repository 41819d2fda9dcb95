/**
 * Recommenders of a fixture shop for unit tests, with a separate database for each test; importing this
 * file closes them after every test.
 */
import { IDBFactory } from "fake-indexeddb";
import "fake-indexeddb/auto";
import { afterEach, beforeEach, vi } from "vitest";
import { createRecommender } from "../engine/createRecommender.ts";
import type { Recommender, RecommenderOptions } from "../engine/recommender.ts";
import { fixtureCatalog, fixturePack, NOW } from "./fixtures.ts";

export const catalog = fixtureCatalog();
export const pack = fixturePack(catalog);
/** Generous, for a busy machine. */
export const eventually = (check: () => unknown) => vi.waitFor(check, { timeout: 15_000 });

const opened: Recommender[] = [];

export async function open(options: Partial<RecommenderOptions> = {}): Promise<Recommender> {
  const recommender = await createRecommender({
    catalog,
    pack,
    databaseName: "shop",
    trainer: "plain",
    clock: () => NOW,
    seed: 1,
    ...options,
  });
  opened.push(recommender);
  return recommender;
}

export async function close(recommender: Recommender): Promise<void> {
  opened.splice(opened.indexOf(recommender), 1);
  await recommender.close();
}

/** Bytes as numbers, because `toEqual` considers any two ArrayBuffers equal. */
export const bytesOf = async (recommender: Recommender) =>
  new Uint8Array(await recommender.exportNetwork());

export const statusOf = async (recommender: Recommender) => (await recommender.inspect()).status;

export async function idsFor(recommender: Recommender, limit = 5): Promise<string[]> {
  const { cards } = await recommender.recommend({ strategy: "for-you", limit });
  return cards.map(({ productId }) => productId);
}

beforeEach(() => {
  vi.stubGlobal("indexedDB", new IDBFactory());
});

afterEach(async () => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  await Promise.all(opened.splice(0).map((recommender) => recommender.close()));
  vi.unstubAllGlobals();
});
