import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { createDemoPack } from "../../build/demoPack.ts";
import { COMPARISON_GAP_MS } from "../../engine/events/experiment.ts";
import { createHistory } from "../../engine/events/foldHistory.ts";
import { parseShopEvent } from "../../engine/events/shopEvent.ts";
import { createRandom } from "../../engine/kit/random.ts";
import { type Network, OUTPUT_KERNEL } from "../../engine/network/network.ts";
import { rowsByPopularity } from "../../engine/ranking/candidates.ts";
import { makeShelf, strategyRules } from "../../engine/ranking/shelf.ts";
import { chooseSlatePolicy } from "../../engine/ranking/slatePolicy.ts";
import { itemPackFromBytes } from "../../engine/shop/itemPack.ts";
import { parseCatalog } from "../../engine/shop/parseCatalog.ts";
import { PRIOR_WEIGHTS } from "../../engine/shop/priorWeights.ts";
import { impressionOf } from "../../shelf/impression.ts";
import { createTaste, crowdFavorites, isNearby, lookAt, type Taste, visit } from "./shoppers.ts";

const { catalog } = parseCatalog(
  JSON.parse(readFileSync(new URL("../../../public/catalog.json", import.meta.url), "utf8")),
);
const pack = itemPackFromBytes(createDemoPack(), catalog);
const popularRows = rowsByPopularity(pack);
const good: Network = {
  weights: pack.prior ?? Float32Array.from(PRIOR_WEIGHTS),
  activation: "relu",
};
/** A network with the wrong sign: it dislikes what it should like. */
const broken: Network = {
  ...good,
  weights: good.weights.map((weight, index) => (index < OUTPUT_KERNEL ? weight : -weight)),
};

const rules = await strategyRules("for-you");

const HOUR = 3_600_000;
const SHOPPERS = 8;
const VISITS = 80;
/** A busy machine may be slow with this many shelves. */
const TIMEOUT_MS = 60_000;

type Likes = (taste: Taste) => Parameters<typeof lookAt>[1];
const whatIsNearby: Likes = (taste) => (product) => isNearby(taste, product);
const whatTheCrowdLikes: Likes = () => crowdFavorites(catalog, pack.popularity);

/** A shopper's visits, each with a shelf; every second shelf is part of the experiment. */
function shop(network: Network, likes: Likes, seed: number) {
  const history = createHistory(catalog);
  const taste = createTaste(catalog, seed);
  const random = createRandom(seed);
  let fellAfter: number | undefined;
  for (let count = 1; count <= VISITS; count++) {
    let at = count * 2 * HOUR;
    for (const event of visit(catalog, taste, { random, startsAt: at, length: 3 }))
      history.apply(event);
    at += HOUR / 6;
    const sources = {
      catalog,
      pack,
      popularRows,
      history,
      networks: [network],
      chooseSlatePolicy,
    };
    const chance = { seed: random.integer(2 ** 32), experimentShare: 0.5 };
    const shelf = makeShelf(
      { ...sources, ...chance },
      { strategy: "for-you", limit: 12, at },
      rules,
    );
    const productIds = shelf.cards.map((card) => card.productId);
    const { seen, clicked } = lookAt(catalog, likes(taste), { productIds, random });
    history.apply(parseShopEvent(impressionOf(seen, { name: "for-you", shelf }), at));
    for (const productId of clicked) history.apply({ type: "view", at, productId });
    const { inUse } = history.experiment.statusAt(at + 2 * COMPARISON_GAP_MS);
    if (inUse === "baseline") fellAfter ??= count;
  }
  return { fellAfter, ...history.experiment.statusAt(Number.POSITIVE_INFINITY) };
}

const shoppers = Array.from({ length: SHOPPERS }, (_, index) => 100 + index);

describe("on the devices of made-up shoppers the evaluation", { timeout: TIMEOUT_MS }, () => {
  it("keeps a good network", () => {
    const statuses = shoppers.map((seed) => shop(good, whatIsNearby, seed));
    const wins = statuses.reduce((sum, experimentStatus) => sum + experimentStatus.wins.network, 0);
    const losses = statuses.reduce(
      (sum, experimentStatus) => sum + experimentStatus.wins.baseline,
      0,
    );
    console.log(`good network: ${wins} comparisons won, ${losses} lost by ${SHOPPERS} shoppers`);
    expect(statuses.filter(({ fellAfter }) => fellAfter !== undefined)).toEqual([]);
    expect(wins).toBeGreaterThan(2 * losses);
  });

  it("drops one with the wrong sign for those who like what the crowd likes", () => {
    const statuses = shoppers.map((seed) => shop(broken, whatTheCrowdLikes, seed));
    const fallen = statuses.flatMap(({ fellAfter }) => fellAfter ?? []);
    const median = fallen.sort((left, right) => left - right)[fallen.length >> 1];
    console.log(`wrong sign: dropped by ${fallen.length} of ${SHOPPERS}, median shelf ${median}`);
    expect(fallen.length).toBeGreaterThanOrEqual(SHOPPERS / 2);
  });
});
