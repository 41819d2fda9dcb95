import { launchChromium } from "../../src/cli/doctor/chromium.ts";
import { byNetwork, engineSystem } from "../../src/cli/evaluation/engineSystem.ts";
import { ranksOf } from "../../src/cli/evaluation/ranksOf.ts";
import type { Shop } from "../../src/cli/evaluation/replaySession.ts";
import type { LogVisit } from "../../src/cli/evaluation/trial.ts";
import type { Network } from "../../src/engine/network/network.ts";
import { itemPackToBytes } from "../../src/engine/shop/itemPack.ts";
import { serveBuild } from "../../src/testing/serveBuild.ts";
import type { RankJob } from "../browser/rank.ts";

/**
 * Repeats the network's queries of some visits in headless Chromium, with the modules bundled as shipped
 * and the pack read from its file.
 * @returns how many queries had the same ranks.
 * @throws {Error} naming the first query with other ranks, and both.
 */
export async function repeatInBrowser(
  shop: Shop,
  network: Network,
  visits: readonly LogVisit[],
): Promise<number> {
  const job: RankJob = {
    products: shop.catalog.products,
    weights: [...network.weights],
    visits,
  };
  const there = await ranksInChromium(
    job,
    new Uint8Array(itemPackToBytes(shop.pack, shop.catalog)),
  );
  const here = await ranksOf(engineSystem(shop, byNetwork(network)), visits);
  expectEqualRanks(here, there);
  return here.flat().length;
}

async function ranksInChromium(job: RankJob, pack: Uint8Array): Promise<number[][][]> {
  const files = { "/job.json": JSON.stringify(job), "/pack.bin": pack };
  const site = await serveBuild({ rank: "bench/browser/rank.ts" }, files);
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    await page.goto(site.origin);
    return await page.evaluate(async () => {
      const address = "/rank.js";
      const { rankVisits } = (await import(address)) as typeof import("../browser/rank.ts");
      return rankVisits();
    });
  } finally {
    await browser.close();
    site.close();
  }
}

/** @throws {Error} naming the first query with other ranks, and both. */
export function expectEqualRanks(here: number[][][], there: number[][][]): void {
  here.forEach((queries, visit) => {
    queries.forEach((rows, query) => {
      const others = there[visit]?.[query] ?? [];
      if (others.length === rows.length && rows.every((row, place) => row === others[place]))
        return;
      throw new Error(
        `in the browser query ${query} of visit ${visit} ranks ${others}, expected ${rows}`,
      );
    });
  });
}
