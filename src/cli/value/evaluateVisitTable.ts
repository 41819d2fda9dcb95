import type { ExampleSet } from "../../engine/learning/examples.ts";
import { predictMean } from "../../engine/network/network.ts";
import { INTENT_OUTCOMES } from "../../engine/value/visit.ts";
import {
  areaUnderCurve,
  bootstrapInterval,
  calibrationError,
  mean,
  shareOfTop,
} from "./figures.ts";
import { trainMlp } from "./mlp.ts";
import { fitRegression, LOGISTIC } from "./regression.ts";
import { trainIntent } from "./trainIntent.ts";
import { KINDS, NUMBERS, type TableVisit } from "./visitTable.ts";

export interface TableFigures {
  name: string;
  auc: number;
  /** 95 % bootstrap interval (over visits) of how much higher the four-input network's AUC is than this one's. */
  networkLead: [low: number, high: number];
  ece: number;
  buyersInTop: number;
}

/** One in this many visits is for the test, the others for training: the table is not ordered by time. */
const TEST_EVERY = 5;
/** Smoothing: each kind counts as if it had this many more visits with the average share of buyers. */
const AVERAGE_VISITS = 20;

/** Compares the network on four inputs with a regression and a one-layer network on all columns. */
export async function evaluateVisitTable(
  visits: readonly TableVisit[],
  { seed = 1 }: { seed?: number } = {},
): Promise<TableFigures[]> {
  const training = visits.filter((_, index) => index % TEST_EVERY !== 0);
  const testing = visits.filter((_, index) => index % TEST_EVERY === 0);
  const hits = training.map(({ bought }) => bought);
  const inputsOf = fourInputs(training);
  const networks = await trainIntent(examplesOf(training, inputsOf), { seed });
  const columns = allColumns(training);
  const rows = training.map(columns);
  const [constant = 0, ...slopes] = fitRegression({
    family: LOGISTIC,
    rows,
    targets: hits.map(Number),
  });
  const mlp = trainMlp(rows, hits);
  const buys = INTENT_OUTCOMES.indexOf("buys in this visit");
  const ways: [string, (visit: TableVisit) => number][] = [
    [
      "network on four inputs",
      (visit) => predictMean(networks, Float32Array.from(inputsOf(visit)))[buys]!,
    ],
    [
      "regression on all columns",
      (visit) =>
        LOGISTIC.mean(columns(visit).reduce((sum, own, at) => sum + own * slopes[at]!, constant)),
    ],
    ["10 hidden units on all columns", (visit) => mlp(columns(visit))],
  ];
  const bought = testing.map((visit) => visit.bought);
  const byNetwork = testing.map(ways[0]![1]);
  return ways.map(([name, chanceOf]) => {
    const chances = testing.map(chanceOf);
    const leadOver = (drawn: readonly number[]) => {
      const hits = drawn.map((index) => bought[index]!);
      const [network = 0, own = 0] = [byNetwork, chances].map((scores) =>
        areaUnderCurve(
          drawn.map((index) => scores[index]!),
          hits,
        ),
      );
      return network - own;
    };
    return {
      name,
      auc: areaUnderCurve(chances, bought),
      networkLead: bootstrapInterval(testing.length, leadOver),
      ece: calibrationError(chances, bought),
      buyersInTop: shareOfTop(chances, bought.map(Number), 0.05),
    };
  });
}

/** The number of product pages, and their mean seconds, at which `depth` and `stay` reach one half. */
const HALF_PAGES = 20;
const HALF_SECONDS = 30;

/**
 * The four inputs, computed from the table's columns: `depth` of ProductRelated, `stay` of the seconds per product
 * page, `exits` of ExitRates, and `pull` of what the visit's kinds (month, traffic, visitor, …) bought in the
 * training visits relative to the average: it stands in for a product's pull, since the table names no products.
 */
function fourInputs(training: readonly TableVisit[]): (visit: TableVisit) => number[] {
  const average = logit(mean(training.map(({ bought }) => (bought ? 1 : 0))));
  const counts = KINDS.map(() => new Map<string, { visits: number; bought: number }>());
  for (const { kinds, bought } of training) {
    kinds.forEach((kind, column) => {
      const count = counts[column]!.get(kind) ?? { visits: 0, bought: 0 };
      count.visits++;
      count.bought += bought ? 1 : 0;
      counts[column]!.set(kind, count);
    });
  }
  return ({ numbers, kinds }) => {
    const [, , , , pages = 0, seconds = 0, , exits = 0] = numbers;
    const pull = kinds.reduce((sum, kind, column) => {
      const { visits, bought } = counts[column]!.get(kind) ?? { visits: 0, bought: 0 };
      const share = (bought + AVERAGE_VISITS * LOGISTIC.mean(average)) / (visits + AVERAGE_VISITS);
      return sum + logit(share) - average;
    }, 0);
    const stay = seconds / Math.max(1, pages);
    return [
      pages / (pages + HALF_PAGES),
      stay / (stay + HALF_SECONDS),
      // Exit rates are between 0 and 0.2; most of their information is near 0.
      Math.sqrt(Math.min(1, exits / 0.2)),
      LOGISTIC.mean(pull),
    ];
  };
}

function examplesOf(
  training: readonly TableVisit[],
  inputsOf: (visit: TableVisit) => readonly number[],
): ExampleSet {
  return {
    size: training.length,
    inputs: Float32Array.from(training.flatMap(inputsOf)),
    outcomes: Uint8Array.from(training, ({ bought }) =>
      INTENT_OUTCOMES.indexOf(bought ? "buys in this visit" : "leaves"),
    ),
    weights: new Float32Array(training.length).fill(1),
  };
}

/** All columns: numbers as standardized logarithms, kinds one-hot. */
function allColumns(training: readonly TableVisit[]): (visit: TableVisit) => number[] {
  const logs = ({ numbers }: TableVisit) => numbers.map((value) => Math.log1p(value));
  const centers = NUMBERS.map((_, at) => mean(training.map((visit) => logs(visit)[at]!)));
  const spreads = NUMBERS.map((_, at) =>
    Math.sqrt(mean(training.map((visit) => (logs(visit)[at]! - centers[at]!) ** 2))),
  );
  const kinds = KINDS.map((_, column) => [
    ...new Set(training.map((visit) => visit.kinds[column]!)),
  ]);
  return (visit) => [
    ...logs(visit).map((value, at) => (value - centers[at]!) / spreads[at]!),
    ...kinds.flatMap((names, column) =>
      names.map((name) => (visit.kinds[column] === name ? 1 : 0)),
    ),
  ];
}

function logit(share: number): number {
  return Math.log(share / (1 - share));
}
