import type { BasketFigures, BasketTally } from "./baskets.ts";
import { answersIn, HISTORY_BUCKETS, HITS } from "./byHistory.ts";
import type { EvaluationResult } from "./evaluation.ts";
import type { Answer, Interval } from "./figures.ts";
import { type Estimate, ratioOf } from "./ratio.ts";

/** What the network is to reach in a shop, and whether it does. */
export interface Target {
  name: string;
  /** Infinite where the other system never hits. */
  value: number;
  /** A relation and a number, such as "≥ 1.05", or what the interval must do. */
  target: string;
  holds: boolean;
  /** 95 %, visits drawn again; of ratios in pairs. */
  interval?: Interval;
}

type Run = Pick<
  EvaluationResult,
  "title" | "results" | "bestPeer" | "returning" | "returnError" | "crowds"
> &
  Pick<EvaluationResult, "baskets">;
type Answers = readonly (readonly Answer[])[];
type Hit = keyof typeof HITS;

/** Smaller buckets say too little. */
const MIN_QUERIES = 100;
/** The crowd's share at which small shops are compared. */
const SMALL_SHOP = 0.05;

/** Every target that a run can say something about, by the log's name and the systems asked. */
export function targetsOf(run: Run): Target[] {
  const network = answersOf(run, "network");
  if (network === undefined) return [];
  return [
    ...OF_SHOP[shopOf(run)](run, network),
    ...againstBestPeer(run, network),
    ...againstShuffled(run, network),
    ...ownCards(run),
    ...smallShop(run),
    ...againstLogistic(run),
  ];
}

type Shop = "electronics" | "gifts" | "marketplace" | "other";

function shopOf({ title }: Run): Shop {
  if (title.includes(" → ")) return "other";
  if (title.startsWith("rees46-electronics")) return "electronics";
  if (title.startsWith("online-retail")) return "gifts";
  return title.startsWith("taobao") ? "marketplace" : "other";
}

const OF_SHOP: Record<Shop, (run: Run, network: Answers) => Target[]> = {
  electronics: (run, network) => [
    ...rates(network, "hr20", { "1–5": 0.6, "6–10": 0.5, "11–20": 0.41 }),
    ...rates(network, "hr20New", { "6–10": 0.34, "11–20": 0.27, "21–40": 0.1 }),
    ...against(run, network, { other: "stan", hit: "hr20", min: 1.33 }),
    ...against(run, network, { other: "hybrid", hit: "hr20", min: 1.04 }),
  ],
  marketplace: (_, network) => [
    atLeast("hr20", rateOf(network, "hr20"), 0.32),
    atLeast("hr20New", rateOf(network, "hr20New"), 0.19),
  ],
  gifts: (run, network) => [...againstNeighbors(run, network), ...nextBasket(run)],
  other: () => [],
};

function rates(network: Answers, hit: Hit, mins: Record<string, number>): Target[] {
  return Object.entries(mins).flatMap(([history, min]) => {
    const some = answersIn(history, network);
    if (some.flat().length === 0) return [];
    return [atLeast(`${hit} at ${history} products`, rateOf(some, hit), min)];
  });
}

function rateOf(answers: Answers, hit: Hit): Estimate {
  const isAsked = ({ isRepeat }: Answer) => hit === "hr20" || !isRepeat;
  return ratioOf(answers.map((visit) => [hits(visit, hit), visit.filter(isAsked).length]));
}

function timesOf(one: Answers, other: Answers, hit: Hit): Estimate {
  return ratioOf(one.map((visit, index) => [hits(visit, hit), hits(other[index]!, hit)]));
}

function hits(visit: readonly Answer[], hit: Hit): number {
  return visit.reduce((sum, answer) => sum + HITS[hit](answer), 0);
}

function against(
  run: Run,
  network: Answers,
  { other, hit, min }: { other: string; hit: Hit; min: number },
): Target[] {
  const answers = answersOf(run, other);
  if (answers === undefined) return [];
  return [atLeast(`${hit}, times ${other}`, timesOf(network, answers, hit), min)];
}

function againstBestPeer(run: Run, network: Answers): Target[] {
  const { bestPeer } = run;
  const peer = bestPeer && answersOf(run, bestPeer);
  if (!peer) return [];
  const label = `best peer (${bestPeer})`;
  return [
    atLeast(`hr20New, times ${label}`, timesOf(network, peer, "hr20New"), 1),
    atLeast(`hr20NewOnly, times ${label}`, timesOf(network, peer, "hr20NewOnly"), 1.05),
    ...eachBucket(network, peer, (history, times) => ({
      ...atLeast(`hr20 at ${history} products, times ${label}`, times, 1),
      target: "interval reaches 1",
      holds: times.interval[1] >= 1,
    })),
  ];
}

function againstShuffled(run: Run, network: Answers): Target[] {
  const shuffled = answersOf(run, "network-shuffled");
  if (shuffled === undefined) return [];
  return eachBucket(network, shuffled, (history, times) => ({
    ...atLeast(`hr20 at ${history} products, times shuffled weights`, times, 1),
    target: "> 1",
    holds: times.value > 1,
  }));
}

function eachBucket(
  network: Answers,
  other: Answers,
  target: (history: string, times: Estimate) => Target,
): Target[] {
  return HISTORY_BUCKETS.flatMap(({ history }) => {
    const own = answersIn(history, network);
    if (own.flat().length < MIN_QUERIES) return [];
    return [target(history, timesOf(own, answersIn(history, other), "hr20"))];
  });
}

function ownCards({ returning, returnError }: Run): Target[] {
  const rows = returning.filter(({ queries }) => queries >= MIN_QUERIES);
  if (rows.length === 0) return [];
  return [
    ...rows.map(({ history, distance }) =>
      atMost(`mean |own cards − 20 p| at ${history} products`, distance, 3),
    ),
    atMost("calibration error of p, the chance of going back", returnError, 0.03),
  ];
}

function smallShop({ crowds, ...run }: Run): Target[] {
  const isAsked = ["electronics", "gifts"].includes(shopOf({ crowds, ...run }));
  const small = crowds.find(({ share }) => share === SMALL_SHOP)?.results;
  const [network, hybrid] = ["network", "hybrid"].map(
    (name) => small?.find((result) => result.name === name)?.answers,
  );
  if (!isAsked || !network || !hybrid) return [];
  const name = "hr20NewOnly with 5 % of the crowd, times hybrid with the same";
  return [atLeast(name, timesOf(network, hybrid, "hr20NewOnly"), 1.2)];
}

function againstLogistic(run: Run): Target[] {
  const home = answersOf(run, "network-home");
  const logistic = answersOf(run, "logistic");
  if (home === undefined || logistic === undefined) return [];
  const name = "hr20 of the network trained at home, times logistic regression";
  return [atLeast(name, timesOf(home, logistic, "hr20"), 1.02)];
}

const NEIGHBORS = ["item-knn", "s-knn", "vs-knn", "stan", "vstan"];

function againstNeighbors(run: Run, network: Answers): Target[] {
  const neighbors = run.results.filter(({ name }) => NEIGHBORS.includes(name));
  const best = neighbors.toSorted((one, other) => other.figures.hr20 - one.figures.hr20)[0];
  if (best === undefined) return [];
  const name = `hr20, times the best of the neighbors methods (${best.name})`;
  return [atLeast(name, timesOf(network, best.measured.answers, "hr20"), 1.15)];
}

function nextBasket({ baskets }: Run): Target[] {
  const find = (name: string) => baskets?.results.find((result) => result.name === name);
  const network = find("network");
  if (network === undefined) return [];
  const { figures, intervals, tallies } = network;
  const recall: keyof BasketFigures = "recall20";
  const own = { value: figures[recall], interval: intervals[recall] };
  const tifu = find("tifu-knn")?.tallies;
  return [
    atLeast("next basket, recall@20", own, 0.26),
    ...(tifu === undefined
      ? []
      : [atLeast("next basket, recall@20, times tifu-knn", recallTimes(tallies, tifu), 1)]),
  ];
}

function recallTimes(one: readonly BasketTally[], other: readonly BasketTally[]): Estimate {
  return ratioOf(one.map(({ recall }, index) => [recall, other[index]!.recall]));
}

function answersOf({ results }: Run, name: string): Answers | undefined {
  return results.find((result) => result.name === name)?.measured.answers;
}

function atLeast(name: string, { value, interval }: Estimate, min: number): Target {
  return { name, value, target: `≥ ${min}`, holds: value >= min, interval };
}

function atMost(name: string, value: number, max: number): Target {
  return { name, value, target: `≤ ${max}`, holds: value <= max };
}
