import { type Network, predictMean } from "../../engine/network/network.ts";
import { INTENT_OUTCOMES } from "../../engine/value/visit.ts";
import type { LogRow } from "../logs/logRow.ts";
import {
  areaUnderCurve,
  bootstrapInterval,
  calibrationError,
  type ReliabilityBin,
  reliabilityBins,
  shareOfTop,
} from "./figures.ts";
import { intentExamples, statesOf, type VisitState } from "./intentExamples.ts";
import { countPullRates } from "./pullRates.ts";
import { fitRegression, LOGISTIC } from "./regression.ts";
import { trainIntent } from "./trainIntent.ts";

/** The numbers of events after which a visit is tested. */
export const TESTED_AFTER = [1, 2, 3, 5, 8, 10] as const;
const BUYS = INTENT_OUTCOMES.indexOf("buys in this visit");

export interface IntentFigures {
  name: string;
  /** AUC of buying in this visit, by the number of its events so far. */
  aucAfter: Record<number, number>;
  /** 95 % bootstrap intervals of these, over visits. */
  interval: Record<number, [low: number, high: number]>;
  /** The same at the last step before the purchase or the end. */
  aucAtEnd: number;
  /** Over all steps. */
  ece: number;
  /** Share of the buyers among the twentieth of visits with the highest chance at the last step. */
  buyersInTop: number;
}

export interface IntentEvaluation {
  visits: number;
  buying: number;
  /** The number of visits with this many events, and of those that ended in a purchase afterwards. */
  eligible: Record<number, { visits: number; buying: number }>;
  figures: IntentFigures[];
  reliability: ReliabilityBin[];
}

type ChanceOf = (state: VisitState) => number;

/** Teaches on the earlier share of the visits and judges on the later ones. */
export async function evaluateIntent(
  visits: readonly (readonly LogRow[])[],
  { share = 0.8, seed = 1 }: { share?: number; seed?: number } = {},
): Promise<IntentEvaluation> {
  const cut = Math.floor(visits.length * share);
  const rates = countPullRates(visits.slice(0, cut));
  const returns = nextPurchases(visits);
  const [training, testing] = [visits.slice(0, cut), visits.slice(cut)].map((part, index) =>
    part
      .map((visit) => {
        const nextPurchase = returns.get(visit);
        return statesOf(visit, {
          rates,
          isCounted: index === 0,
          ...(nextPurchase !== undefined && { nextPurchase }),
        });
      })
      .filter((states) => states.length > 0),
  ) as [VisitState[][], VisitState[][]];
  const network = byNetworks(await trainIntent(intentExamples(training), { seed }));
  const ways: [string, ChanceOf][] = [
    ["network on four inputs", network],
    ["regression on four inputs", byRegression(training, ({ inputs }) => inputs)],
    ["regression on seventeen", byRegression(training, ({ facts }) => facts)],
    ["pull alone", ({ inputs }) => inputs[2]!],
  ];
  const states = testing.flat();
  return {
    visits: testing.length,
    buying: visits.slice(cut).filter((visit) => visit.some(({ type }) => type === "purchase"))
      .length,
    eligible: Object.fromEntries(
      TESTED_AFTER.map((events) => {
        const own = testing.filter(({ length }) => length >= events);
        return [
          events,
          { visits: own.length, buying: own.filter(([first]) => isBuying(first!)).length },
        ];
      }),
    ),
    figures: ways.map(([name, chanceOf]) => figuresOf(name, testing, chanceOf)),
    reliability: reliabilityBins(states.map(network), states.map(isBuying)),
  };
}

/** When the shopper of each visit bought in a later one; only shoppers with an id are known again. */
function nextPurchases(visits: readonly (readonly LogRow[])[]): Map<readonly LogRow[], number> {
  const next = new Map<string, number>();
  const found = new Map<readonly LogRow[], number>();
  for (const visit of visits.toReversed()) {
    const { userId } = visit[0]!;
    if (userId === "") continue;
    const at = next.get(userId);
    if (at !== undefined) found.set(visit, at);
    const bought = visit.find(({ type }) => type === "purchase");
    if (bought !== undefined) next.set(userId, bought.at);
  }
  return found;
}

function isBuying({ outcome }: VisitState): boolean {
  return outcome === BUYS;
}

function byNetworks(networks: readonly Network[]): ChanceOf {
  return ({ inputs }) => predictMean(networks, Float32Array.from(inputs))[BUYS]!;
}

function byRegression(
  visits: readonly (readonly VisitState[])[],
  factsOf: (state: VisitState) => readonly number[],
): ChanceOf {
  const states = visits.flat();
  const weights = visits.flatMap((own) => own.map(() => 1 / own.length));
  const mean = weights.reduce((sum, weight) => sum + weight, 0) / weights.length;
  const [constant = 0, ...slopes] = fitRegression({
    family: LOGISTIC,
    rows: states.map(factsOf),
    targets: states.map((state) => (isBuying(state) ? 1 : 0)),
    weights: weights.map((weight) => weight / mean),
  });
  return (state) =>
    LOGISTIC.mean(
      factsOf(state).reduce((sum, fact, index) => sum + fact * slopes[index]!, constant),
    );
}

function figuresOf(
  name: string,
  testing: readonly (readonly VisitState[])[],
  chanceOf: ChanceOf,
): IntentFigures {
  const auc = (states: readonly VisitState[]) =>
    areaUnderCurve(states.map(chanceOf), states.map(isBuying));
  const ends = testing.map((states) => states.at(-1)!);
  const all = testing.flat();
  return {
    name,
    aucAfter: Object.fromEntries(
      TESTED_AFTER.map((events) => [
        events,
        auc(testing.flatMap((states) => states[events - 1] ?? [])),
      ]),
    ),
    interval: Object.fromEntries(
      TESTED_AFTER.map((events) => {
        const states = testing.flatMap((own) => own[events - 1] ?? []);
        const chances = states.map(chanceOf);
        const hits = states.map(isBuying);
        const interval = bootstrapInterval(states.length, (drawn) =>
          areaUnderCurve(
            drawn.map((index) => chances[index]!),
            drawn.map((index) => hits[index]!),
          ),
        );
        return [events, interval];
      }),
    ),
    aucAtEnd: auc(ends),
    ece: calibrationError(all.map(chanceOf), all.map(isBuying)),
    buyersInTop: shareOfTop(
      ends.map(chanceOf),
      ends.map((end) => (isBuying(end) ? 1 : 0)),
      0.05,
    ),
  };
}
