import type { Catalog } from "../../engine/shop/catalog.ts";
import type { LogRow } from "../logs/logRow.ts";
import { basketFiguresOf, measureBaskets } from "./baskets.ts";
import type { Chosen } from "./choosePeers.ts";
import { addTo } from "./peer.ts";
import { bestRows, keptOff, type System } from "./system.ts";
import type { Trial } from "./trial.ts";

/** Peers for the next basket only; they represent a server that remembers everybody's purchases. */
const BASKET_PEERS = ["own-frequency", "tifu-knn"] as const;
export type BasketPeer = (typeof BASKET_PEERS)[number];

export interface TifuOptions {
  /** Shoppers that vote. */
  k: number;
  /** Weight of the shopper's own vector; the voters' mean has the rest. */
  own: number;
}

/** The paper's values that hardly differ between its data sets. */
const GROUPS = 7;
const BASKET_DECAY = 0.9;
const GROUP_DECAY = 0.7;

const TIFU: TifuOptions[] = [100, 300, 900].flatMap((k) =>
  [0.3, 0.5, 0.7, 0.9].map((own) => ({ k, own })),
);

/** TIFU-KNN's parameters are chosen on baskets of the crowd's last tenth, by recall and NDCG. */
export async function chooseBasketPeers(trial: Trial): Promise<Map<BasketPeer, Chosen>> {
  const { catalog, crowd, early, tuningBaskets } = trial;
  let best = TIFU[0]!;
  let max = Number.NEGATIVE_INFINITY;
  for (const options of tuningBaskets.length === 0 ? [] : TIFU) {
    const system = tifuKnn(early, catalog, options);
    const figures = basketFiguresOf(await measureBaskets(system, tuningBaskets, { catalog }));
    const value = figures.recall20 + figures.ndcg20;
    if (value > max) [best, max] = [options, value];
  }
  const parameters = `${JSON.stringify(best)}, of ${TIFU.length}`;
  return new Map<BasketPeer, Chosen>([
    ["own-frequency", { system: ownFrequency(crowd, catalog) }],
    ["tifu-knn", { system: tifuKnn(crowd, catalog, best), parameters }],
  ]);
}

/**
 * The shopper's most frequent purchases, then everybody's: P-TopFreq with G-TopFreq (Li et al., 2023, A
 * next basket recommendation reality check).
 */
export function ownFrequency(crowd: readonly LogRow[][], catalog: Catalog): System {
  const counts = countsOf(crowd.flat(), catalog);
  const max = Math.max(1, ...counts.values());
  return (visit) => {
    const scores = new Map([...counts].map(([row, count]) => [row, count / (max + 1)]));
    for (const [row, count] of countsOf(visit.history, catalog)) addTo(scores, row, count);
    return (step) => bestRows(scores, keptOff(visit, catalog)(step));
  };
}

/**
 * TIFU-KNN (Hu et al., 2020, Modeling personalized item frequency information for next-basket
 * recommendation): a shopper is represented by the decayed frequencies of their purchases, mixed with
 * those of the most similar shoppers.
 */
export function tifuKnn(
  crowd: readonly LogRow[][],
  catalog: Catalog,
  { k, own }: TifuOptions,
): System {
  const shoppers = [...basketsByShopper(crowd).values()].map((baskets) =>
    vectorOf(baskets, catalog),
  );
  const lengths = shoppers.map((vector) => [...vector.values()].reduce((sum, x) => sum + x * x, 0));
  const holders = new Map<number, [shopper: number, value: number][]>();
  shoppers.forEach((vector, shopper) => {
    for (const [row, value] of vector) {
      const known = holders.get(row) ?? [];
      if (known.push([shopper, value]) === 1) holders.set(row, known);
    }
  });
  return (visit) => {
    const vector = vectorOf([...basketsByShopper([[...visit.history]]).values()].flat(), catalog);
    const products = new Float64Array(shoppers.length);
    for (const [row, value] of vector) {
      for (const [shopper, other] of holders.get(row) ?? []) products[shopper]! += value * other;
    }
    // Squared Euclidean distance minus the own vector's squared length, which is the same for all.
    const distances = products.map((product, shopper) => lengths[shopper]! - 2 * product);
    const nearest = [...distances.keys()].sort(
      (left, right) => distances[left]! - distances[right]!,
    );
    const scores = new Map<number, number>();
    for (const [row, value] of vector) addTo(scores, row, own * value);
    const voters = nearest.slice(0, k);
    for (const shopper of voters) {
      for (const [row, value] of shoppers[shopper]!) {
        addTo(scores, row, ((1 - own) * value) / voters.length);
      }
    }
    return (step) => bestRows(scores, keptOff(visit, catalog)(step));
  };
}

/** Baskets in chronological order, split into groups; older baskets of a group and older groups count less. */
function vectorOf(baskets: readonly LogRow[][], catalog: Catalog): Map<number, number> {
  const size = Math.ceil(baskets.length / GROUPS);
  const groups = Math.ceil(baskets.length / size);
  const vector = new Map<number, number>();
  baskets.forEach((basket, index) => {
    // The first group takes the remainder, so that the latest is complete.
    const fromEnd = baskets.length - 1 - index;
    const group = Math.floor(fromEnd / size);
    const inGroup = Math.min(size, baskets.length - group * size);
    const weight = (BASKET_DECAY ** (fromEnd % size) * GROUP_DECAY ** group) / (inGroup * groups);
    for (const row of countsOf(basket, catalog).keys()) addTo(vector, row, weight);
  });
  return vector;
}

function basketsByShopper(sessions: readonly (readonly LogRow[])[]): Map<string, LogRow[][]> {
  const shoppers = new Map<string, Map<string, LogRow[]>>();
  for (const row of sessions.flat()) {
    if (row.type !== "purchase" || row.userId === "") continue;
    const baskets = shoppers.get(row.userId) ?? new Map<string, LogRow[]>();
    shoppers.set(row.userId, baskets);
    const basket = baskets.get(row.sessionId) ?? [];
    if (basket.push(row) === 1) baskets.set(row.sessionId, basket);
  }
  return new Map([...shoppers].map(([shopper, baskets]) => [shopper, [...baskets.values()]]));
}

/** How often each product was bought, by row. */
function countsOf(rows: readonly LogRow[], catalog: Catalog): Map<number, number> {
  const counts = new Map<number, number>();
  for (const { type, productId } of rows) {
    if (type === "purchase") addTo(counts, catalog.rowOf(productId)!, 1);
  }
  return counts;
}
