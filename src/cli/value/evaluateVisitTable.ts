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
  /** 95 % interval of how far the four-input network's AUC lies above this one's, visits drawn again. */
  networkLead: [low: number, high: number];
  ece: number;
  buyersInTop: number;
}

/** Every so many visits are judged, the others taught: the table has no order of time. */
const JUDGED_EVERY = 5;
/** A kind's share of buyers counts like so many visits of the usual share more. */
const USUAL_VISITS = 20;

/** The network on four inputs beside a regression and a one-layer network on all columns. */
export async function evaluateVisitTable(
  visits: readonly TableVisit[],
  { seed = 1 }: { seed?: number } = {},
): Promise<TableFigures[]> {
  const taught = visits.filter((_, index) => index % JUDGED_EVERY !== 0);
  const judged = visits.filter((_, index) => index % JUDGED_EVERY === 0);
  const hits = taught.map(({ bought }) => bought);
  const inputsOf = fourInputs(taught);
  const networks = await trainIntent(examplesOf(taught, inputsOf), { seed });
  const columns = allColumns(taught);
  const rows = taught.map(columns);
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
  const bought = judged.map((visit) => visit.bought);
  const byNetwork = judged.map(ways[0]![1]);
  return ways.map(([name, chanceOf]) => {
    const chances = judged.map(chanceOf);
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
      networkLead: bootstrapInterval(judged.length, leadOver),
      ece: calibrationError(chances, bought),
      buyersInTop: shareOfTop(chances, bought.map(Number), 0.05),
    };
  });
}

/** Pages of products that are half of all depth, and their mean seconds. */
const HALF_PAGES = 20;
const HALF_SECONDS = 30;

/**
 * The four inputs, made of the table's columns: `depth` of ProductRelated, `stay` of the seconds per product
 * page, `exits` of ExitRates, and `pull` of what the visit's kinds (month, traffic, visitor, …) bought in the
 * taught visits, each beside the usual share: a product's pull, for a table that names no products.
 */
function fourInputs(taught: readonly TableVisit[]): (visit: TableVisit) => number[] {
  const usual = logit(mean(taught.map(({ bought }) => (bought ? 1 : 0))));
  const counts = KINDS.map(() => new Map<string, { visits: number; bought: number }>());
  for (const { kinds, bought } of taught) {
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
      const share = (bought + USUAL_VISITS * LOGISTIC.mean(usual)) / (visits + USUAL_VISITS);
      return sum + logit(share) - usual;
    }, 0);
    const stay = seconds / Math.max(1, pages);
    return [
      pages / (pages + HALF_PAGES),
      stay / (stay + HALF_SECONDS),
      // Exit rates lie between 0 and 0.2; most of what they say is said near 0.
      Math.sqrt(Math.min(1, exits / 0.2)),
      LOGISTIC.mean(pull),
    ];
  };
}

function examplesOf(
  taught: readonly TableVisit[],
  inputsOf: (visit: TableVisit) => readonly number[],
): ExampleSet {
  return {
    size: taught.length,
    inputs: Float32Array.from(taught.flatMap(inputsOf)),
    outcomes: Uint8Array.from(taught, ({ bought }) =>
      INTENT_OUTCOMES.indexOf(bought ? "buys in this visit" : "leaves"),
    ),
    weights: new Float32Array(taught.length).fill(1),
  };
}

/** All columns: numbers as logarithms on a common scale, kinds as yes or no each. */
function allColumns(taught: readonly TableVisit[]): (visit: TableVisit) => number[] {
  const logs = ({ numbers }: TableVisit) => numbers.map((value) => Math.log1p(value));
  const centers = NUMBERS.map((_, at) => mean(taught.map((visit) => logs(visit)[at]!)));
  const spreads = NUMBERS.map((_, at) =>
    Math.sqrt(mean(taught.map((visit) => (logs(visit)[at]! - centers[at]!) ** 2))),
  );
  const kinds = KINDS.map((_, column) => [...new Set(taught.map((visit) => visit.kinds[column]!))]);
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
