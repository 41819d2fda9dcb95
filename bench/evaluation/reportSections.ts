import type { PastRow } from "../../src/cli/evaluation/byPast.ts";
import type { EvaluationResult, Result } from "../../src/cli/evaluation/evaluation.ts";
import type { Figures } from "../../src/cli/evaluation/figures.ts";
import type { SystemName } from "../../src/cli/evaluation/system.ts";
import { percent, signed, table, withInterval } from "./markdown.ts";

/** Methods that rank by the crowd's sessions; the hybrid also uses product data. */
const NEIGHBORS: readonly SystemName[] = ["item-knn", "s-knn", "vs-knn", "stan", "vstan"];

/** The network's results as multiples of other systems'. */
export function ratiosOf(results: readonly Pick<Result, "name" | "figures">[]): string[] {
  const find = (name: SystemName) => results.find((result) => result.name === name);
  const neighbors = results.filter(({ name }) => NEIGHBORS.includes(name));
  const best = neighbors.toSorted((one, other) => other.figures.hr20 - one.figures.hr20)[0];
  const stan = find("stan");
  const pairs = [
    [find("network"), best],
    [find("network"), stan === best ? undefined : stan],
    [find("network"), find("hybrid")],
    [find("network"), find("inputs-added")],
    [find("network"), find("logistic")],
    [find("network-no-pack"), find("popularity")],
  ] as const;
  const rows = pairs.flatMap(([one, other]) => {
    if (one === undefined || other === undefined) return [];
    const ratio = (figure: keyof Figures) =>
      other.figures[figure] === 0 ? "–" : (one.figures[figure] / other.figures[figure]).toFixed(2);
    const name = other === best ? `${other.name} (best of the neighbors methods)` : other.name;
    return [[one.name, name, ratio("hr20"), ratio("mrr20"), ratio("hr20Discovery")]];
  });
  if (rows.length === 0) return [];
  const head = ["system", "as a multiple of", "HR@20", "MRR@20", "HR@20 discoveries"];
  return ["## Ratios", table(head, rows)];
}

export function ablationOf({ ablation, results }: EvaluationResult): string[] {
  const whole = results.find(({ name }) => name === "network")?.figures;
  if (whole === undefined || ablation.length === 0) return [];
  const rows = ablation.map(({ name, figures }) => [
    `without ${name}`,
    figures.hr20.toFixed(3),
    signed(figures.hr20 - whole.hr20),
    figures.mrr20.toFixed(3),
    signed(figures.mrr20 - whole.mrr20),
  ]);
  const head = ["network", "HR@20", "change", "MRR@20", "change"];
  return ["## What each input is worth", table(head, rows)];
}

export function reliabilityOf({ reliability }: EvaluationResult): string[] {
  if (reliability.length === 0) return [];
  const rows = reliability.map(({ outcome, error }) => [outcome, error.toFixed(4)]);
  return [
    "## Calibration",
    "Expected calibration error of the outcome chances on the 12 cards of every query's shelf.",
    table(["outcome", "error"], rows),
    "![Reliability](reliability.svg)",
  ];
}

export function carriedOf({ carried, results }: EvaluationResult): string[] {
  const home = carried.find(({ trainedOn }) => trainedOn === "this shop")?.figures;
  if (home === undefined) return [];
  const shipped = results.find(({ name }) => name === "network");
  const all = [
    ...carried.map(({ trainedOn, figures }) => ({ weights: `trained on ${trainedOn}`, figures })),
    ...(shipped ? [{ weights: "shipped", figures: shipped.figures }] : []),
  ];
  const rows = all.map(({ weights, figures: { hr20, mrr20 } }) => [
    weights,
    hr20.toFixed(3),
    (hr20 / home.hr20).toFixed(2),
    mrr20.toFixed(3),
    (mrr20 / home.mrr20).toFixed(2),
  ]);
  const head = ["weights", "HR@20", "share of home", "MRR@20", "share of home"];
  return ["## Carried over to a shop never seen", table(head, rows)];
}

export function personalOf({ personal }: EvaluationResult): string[] {
  if (personal.length === 0) return [];
  const head = ["events before", "visits", ...sidesHead("HR@20"), ...sidesHead("MRR@20")];
  const rows = personal.map((row) => [
    row.history,
    String(row.visits),
    ...sides(row, "hr20"),
    ...sides(row, "mrr20"),
  ]);
  return ["## Personal training", PERSONAL_LEAD, table(head, rows)];
}

const PERSONAL_LEAD =
  "Prior: the weights every shopper starts from. Personal: trained on the shopper's own past, as the browser would. " +
  "In brackets: 95 % interval of the change, visits drawn again in pairs.";

function sidesHead(figure: string): string[] {
  return [`${figure} prior`, "personal", "change"];
}

function sides<Name extends string>(
  { prior, personal, change }: PastRow<Name>,
  name: Name,
): string[] {
  const [low, high] = change[name];
  const interval = `[${signed(low)}, ${signed(high)}]`;
  return [
    prior[name].toFixed(3),
    personal[name].toFixed(3),
    `${signed(personal[name] - prior[name])} ${interval}`,
  ];
}

export function basketsOf({ baskets }: EvaluationResult): string[] {
  if (baskets === undefined) return [];
  const rows = baskets.results.map(({ name, figures: f, intervals: i, parameters = "" }) => [
    name,
    withInterval(f.recall20, i.recall20),
    withInterval(f.ndcg20, i.ndcg20),
    f.hit20.toFixed(3),
    withInterval(f.recall20Repeat, i.recall20Repeat),
    withInterval(f.recall20Discovery, i.recall20Discovery),
    percent(f.satisfaction),
    parameters,
  ]);
  const head = [
    "system",
    "recall@20",
    "NDCG@20",
    "a hit in 20",
    "recall of repeats",
    "recall of discoveries",
    "a hit in 12 cards",
    "parameters",
  ];
  const personal = baskets.personal.map((row) => [
    row.history,
    String(row.visits),
    ...sides(row, "recall20"),
    ...sides(row, "ndcg20"),
  ]);
  return [
    "## Next basket",
    `What shoppers with a past bought on their next visit, asked before it begins: ${baskets.results[0]!.tallies.length} baskets. Session methods are given the shopper's last basket; own-frequency and tifu-knn all they bought.`,
    table(head, rows),
    ...(personal.length === 0
      ? []
      : [
          "### Personal training, next basket",
          table(
            ["events before", "visits", ...sidesHead("recall@20"), ...sidesHead("NDCG@20")],
            personal,
          ),
        ]),
  ];
}
