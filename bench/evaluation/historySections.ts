import {
  byHistory,
  type HistoryFigures,
  historyFiguresOf,
} from "../../src/cli/evaluation/byHistory.ts";
import type { EvaluationResult } from "../../src/cli/evaluation/evaluation.ts";
import { targetsOf } from "../../src/cli/evaluation/targets.ts";
import { percent, table } from "./markdown.ts";

/** A caution is due where the crowd says nothing of so many of the new products asked for. */
const MANY = 0.1;

/** Whether figures speak of products that the crowd knows. */
export function unseenOf({ unseen: { asked, catalog } }: EvaluationResult): string {
  const shares =
    `Of the queries for a product new to the shopper, ${percent(asked)} ask for one without any event in the ` +
    `crowd, as have ${percent(catalog)} of the catalog.`;
  if (asked < MANY) return shares;
  return (
    `**Caution.** ${shares} The catalog knows every product of the log, also those that appear only after ` +
    "the split. Figures for new products show above all how well products without any crowd data are found."
  );
}

export function targetsSection(evaluation: EvaluationResult): string[] {
  const rows = targetsOf(evaluation).map(({ name, value, target, holds, interval }) => [
    name,
    interval
      ? `${value.toFixed(3)} [${interval.map((end) => end.toFixed(3)).join(", ")}]`
      : value.toFixed(3),
    target,
    holds ? "yes" : "no",
  ]);
  if (rows.length === 0) return [];
  return ["## Targets", TARGETS_LEAD, table(["target", "value", "wanted", "holds"], rows)];
}

const TARGETS_LEAD =
  "In brackets: 95 % intervals, visits drawn again with replacement; of multiples, in pairs. " +
  "Buckets with fewer than 100 queries have no target. p is the engine's chance that the shopper goes back to a known product.";

const FIGURES: [title: string, figure: keyof HistoryFigures][] = [
  ["HR@20", "hr20"],
  ["MRR@20", "mrr20"],
  ["HR@20 of products new to the shopper, ordinary ranking", "hr20New"],
  ["HR@20 of new products, products interacted with kept off for every system", "hr20NewOnly"],
  ["MRR@20 of the same", "mrr20NewOnly"],
  ["Products interacted with, among 20 cards", "own"],
  ["Candidate recall: share of the wanted products that got a score", "recall"],
];

export function historyOf({ results, bestPeer }: EvaluationResult): string[] {
  const first = results[0];
  if (first === undefined) return [];
  const buckets = byHistory(first.measured.answers);
  const head = ["system", "all", ...buckets.map(({ history }) => history)];
  const all = historyFiguresOf(first.measured.answers.flat());
  const counts = (name: string, figure: "queries" | "newQueries") =>
    [name, all[figure], ...buckets.map((row) => row[figure])].map(String);
  return [
    "## By length of history",
    "Columns: distinct products that the shopper had interacted with when asked." +
      (bestPeer === undefined ? "" : ` Best peer on the crowd's last tenth: ${bestPeer}.`),
    table(head, [counts("queries", "queries"), counts("for new products", "newQueries")]),
    ...FIGURES.flatMap(([title, figure]) => [`### ${title}`, table(head, rowsOf(figure))]),
  ];

  function rowsOf(figure: keyof HistoryFigures): string[][] {
    return results.map(({ name, measured: { answers } }) => {
      const values = [historyFiguresOf(answers.flat()), ...byHistory(answers)];
      return [name, ...values.map((row) => row[figure].toFixed(figure === "own" ? 1 : 3))];
    });
  }
}

export function returningOf({ returning, returnError }: EvaluationResult): string[] {
  if (returning.length === 0) return [];
  const rows = returning.map(({ history, queries, expected, observed, distance }) => [
    history,
    String(queries),
    expected.toFixed(3),
    observed.toFixed(3),
    distance.toFixed(1),
  ]);
  const head = ["products", "queries", "p expected", "went back", "mean distance"];
  return [
    "## Going back",
    "p: the engine's chance that the shopper goes back to a known product, mean over the queries. " +
      "Distance: |products interacted with among the network's 20 cards − 20 p|. " +
      `Expected calibration error of p, in ten bins: ${returnError.toFixed(3)}.`,
    table(head, rows),
  ];
}

export function crowdsOf({ crowds }: EvaluationResult): string[] {
  const systems = crowds[0]?.results.map(({ name }) => name) ?? [];
  if (systems.length === 0) return [];
  const grown = (figure: keyof HistoryFigures) =>
    crowds.map(({ share, sessions, results }) => [
      `${Number((100 * share).toFixed(2))} %`,
      String(sessions),
      ...results.map(({ answers }) => historyFiguresOf(answers.flat())[figure].toFixed(3)),
    ]);
  const head = ["crowd", "sessions", ...systems];
  return [
    "## As the shop grows",
    "The same queries with a share of the crowd's shoppers; parameters chosen anew, the pack's floor kept.",
    ...FIGURES.filter(([, figure]) => GROWN.includes(figure)).flatMap(([title, figure]) => [
      `### ${title}, by crowd`,
      table(head, grown(figure)),
    ]),
  ];
}

const GROWN: readonly (keyof HistoryFigures)[] = ["hr20", "hr20New", "hr20NewOnly"];
