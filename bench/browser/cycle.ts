import { createRandom } from "../../src/engine/kit/random.ts";
import { collectExamples, type ExampleSources } from "../../src/engine/learning/examples.ts";
import { plainTrainer } from "../../src/engine/learning/plain.ts";
import { trainPersonal } from "../../src/engine/learning/trainPersonal.ts";
import type { Network } from "../../src/engine/network/network.ts";
import { networksToBytes } from "../../src/engine/network/networkFile.ts";
import { rowsByPopularity } from "../../src/engine/ranking/candidates.ts";
import { createCatalog } from "../../src/engine/shop/catalog.ts";
import { itemPackFromBytes } from "../../src/engine/shop/itemPack.ts";
import { catalogRows } from "../../src/engine/shop/parseCatalog.ts";
import { priorOf } from "../../src/engine/shop/prior.ts";
import { openEventStore } from "../../src/engine/store/indexedDbStore.ts";
import { pastOf } from "../pastOf.ts";

/** The parts of one training, in milliseconds. */
export interface CycleParts {
  examples: number;
  collect: number;
  train: number;
  /** How far to go from the prior. */
  choose: number;
  save: number;
}

/** One training of a made-up shopper with `events` interactions, part by part; the best of three runs. */
export async function timeParts(shop: string, events: number): Promise<CycleParts> {
  const runs: CycleParts[] = [];
  const { sources, prior } = await openShop(shop);
  const store = await openEventStore(`parts-${events}`);
  const past = pastOf(events);
  for (let run = 0; run < 3; run++) {
    const marks = [performance.now()];
    const mark = () => marks.push(performance.now());
    const now = past.at(-1)!.at;
    const examples = collectExamples(past, { ...sources, random: createRandom(1) }, { now });
    mark();
    const result = await trainPersonal(examples, { prior, seed: 1 }, [plainTrainer]);
    mark();
    await store.writeValue("network", networksToBytes(result.networks));
    mark();
    const [collect, both, save] = marks.slice(1).map((end, index) => end - marks[index]!);
    const { ms } = result;
    runs.push({
      examples: examples.size,
      collect: collect!,
      train: ms,
      choose: both! - ms,
      save: save!,
    });
  }
  store.close();
  const total = ({ collect, train, choose, save }: CycleParts) => collect + train + choose + save;
  return runs.sort((left, right) => total(left) - total(right))[0]!;
}

async function openShop(
  shop: string,
): Promise<{ sources: Omit<ExampleSources, "random">; prior: Network }> {
  const [rows, bytes] = await Promise.all([
    fetch(`/${shop}.json`).then((response) => response.json()),
    fetch(`/${shop}.bin`).then((response) => response.arrayBuffer()),
  ]);
  const catalog = createCatalog(catalogRows(rows) as Parameters<typeof createCatalog>[0]);
  const pack = itemPackFromBytes(bytes, catalog);
  return {
    sources: { catalog, pack, popularRows: rowsByPopularity(pack) },
    prior: await priorOf(pack),
  };
}
