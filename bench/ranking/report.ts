import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { BasketPeer } from "./basketPeers.ts";
import type { BasketFigures, BasketTally } from "./baskets.ts";
import type { PastRow } from "./byPast.ts";
import type { Reliability } from "./calibration.ts";
import type { Carried } from "./carryOver.ts";
import { bootstrap, type Figures, figuresOf, type Interval } from "./figures.ts";
import type { Measured } from "./measure.ts";
import { barPlot, reliabilityPlot } from "./plot.ts";
import type { SystemName } from "./system.ts";

/** A system's outcome. */
export interface Result {
  name: SystemName;
  measured: Measured;
  figures: Figures;
  intervals: Record<keyof Figures, Interval>;
  parameters?: string;
}

export function resultOf(name: SystemName, measured: Measured, parameters?: string): Result {
  const figures = figuresOf(measured.tallies);
  const intervals = bootstrap(measured.tallies, figuresOf);
  return { name, measured, figures, intervals, ...(parameters && { parameters }) };
}

export interface BasketResult {
  name: SystemName | BasketPeer;
  tallies: BasketTally[];
  figures: BasketFigures;
  intervals: Record<keyof BasketFigures, Interval>;
  parameters?: string;
}

/** How weights do here that were trained here, or elsewhere. */
export interface CarriedRow {
  trainedOn: Carried["trainedOn"];
  figures: Figures;
}

export interface Baskets {
  results: BasketResult[];
  personal: PastRow<keyof BasketFigures>[];
}

export interface Evaluation {
  title: string;
  /** What was asked of whom, in a sentence. */
  setting: string;
  results: Result[];
  /** Figures of the network with one input silenced. */
  ablation: { name: string; figures: Figures }[];
  reliability: Reliability[];
  personal: PastRow<keyof Figures>[];
  /** Where logs of other shops were given. */
  carried: CarriedRow[];
  /** Queries that Chromium ranked the same, where it was asked. */
  queriesInBrowser?: number;
  /** Only for logs with users and purchases. */
  baskets?: Baskets;
}

/** What `--json` writes. */
export function jsonOf({ results, baskets }: Pick<Evaluation, "results" | "baskets">) {
  const by = (...names: SystemName[]) =>
    names.map((name) => results.find((result) => result.name === name)).find(Boolean)?.measured
      .satisfaction;
  return {
    queries: queriesOf(results),
    systems: results.map(({ name, figures, measured }) => ({
      name,
      ...figures,
      coverage: measured.coverage,
      msPerQuery: measured.msPerQuery,
    })),
    satisfaction: {
      neutral: by("popularity") ?? null,
      personal: by("network-personal", "network") ?? null,
    },
    ...(baskets && {
      baskets: {
        queries: baskets.results[0]?.tallies.length ?? 0,
        systems: baskets.results.map(({ name, figures }) => ({ name, ...figures })),
      },
    }),
  };
}

function queriesOf(results: readonly Result[]): number {
  return (results[0]?.measured.tallies ?? []).reduce((sum, { queries }) => sum + queries, 0);
}

/** Writes `report.md` and its plots into a folder; returns the report's path. */
export function writeReport(folder: string, evaluation: Evaluation): string {
  mkdirSync(folder, { recursive: true });
  const bars = (figure: keyof Figures) =>
    evaluation.results.map(({ name, figures, intervals }) => ({
      name,
      value: figures[figure],
      low: intervals[figure][0],
      high: intervals[figure][1],
    }));
  writeFileSync(join(folder, "hr20.svg"), barPlot("HR@20, 95 % interval", bars("hr20")));
  writeFileSync(join(folder, "mrr20.svg"), barPlot("MRR@20, 95 % interval", bars("mrr20")));
  if (evaluation.reliability.length > 0) {
    const plot = reliabilityPlot("Outcome chances of shelf cards", evaluation.reliability);
    writeFileSync(join(folder, "reliability.svg"), plot);
  }
  const path = join(folder, "report.md");
  writeFileSync(path, markdownOf(evaluation));
  return path;
}

export function markdownOf(evaluation: Evaluation): string {
  const { title, setting, results } = evaluation;
  const { neutral, personal } = jsonOf(evaluation).satisfaction;
  const parts = [
    `# ${title}`,
    setting,
    ...(evaluation.queriesInBrowser === undefined
      ? []
      : [`Chromium ranks ${evaluation.queriesInBrowser} queries of the network the same.`]),
    table(
      ["system", "HR@5", "HR@20", "MRR@20", "NDCG@20", "HR@20 repeats", "HR@20 discoveries"],
      results.map(({ name, figures: f, intervals: i }) => [
        name,
        withInterval(f.hr5, i.hr5),
        withInterval(f.hr20, i.hr20),
        withInterval(f.mrr20, i.mrr20),
        withInterval(f.ndcg20, i.ndcg20),
        withInterval(f.hr20Repeat, i.hr20Repeat),
        withInterval(f.hr20Discovery, i.hr20Discovery),
      ]),
    ),
    "In brackets: 95 % intervals, sessions drawn again with replacement.",
    "![HR@20](hr20.svg)\n![MRR@20](mrr20.svg)",
    table(
      ["system", "coverage", "popularity of cards", "ms/query", "parameters"],
      results.map(({ name, measured: m, parameters = "" }) => [
        name,
        m.coverage.toFixed(3),
        m.popularityBias.toFixed(3),
        m.msPerQuery.toFixed(2),
        parameters,
      ]),
    ),
    "Parameters were chosen on the crowd's last tenth, by HR@20 + MRR@20.",
    ...ratiosOf(results),
    "## Satisfaction",
    `Share of sessions in which one of 12 cards was what the shopper went on to: ${percent(neutral)} neutral (popular products), ${percent(personal)} personal.`,
    ...ablationOf(evaluation),
    ...reliabilityOf(evaluation),
    ...carriedOf(evaluation),
    ...personalOf(evaluation),
    ...basketsOf(evaluation),
  ];
  return `${parts.join("\n\n")}\n`;
}

/** Methods that rank by the crowd's sessions; the hybrid also looks at what products are. */
const NEIGHBOURS: readonly SystemName[] = ["item-knn", "s-knn", "vs-knn", "stan", "vstan"];

/** What the network reaches as a multiple of others. */
function ratiosOf(results: readonly Pick<Result, "name" | "figures">[]): string[] {
  const find = (name: SystemName) => results.find((result) => result.name === name);
  const neighbours = results.filter(({ name }) => NEIGHBOURS.includes(name));
  const best = neighbours.toSorted((one, other) => other.figures.hr20 - one.figures.hr20)[0];
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
    const name = other === best ? `${other.name} (best of the neighbours methods)` : other.name;
    return [[one.name, name, ratio("hr20"), ratio("mrr20"), ratio("hr20Discovery")]];
  });
  if (rows.length === 0) return [];
  const head = ["system", "as a multiple of", "HR@20", "MRR@20", "HR@20 discoveries"];
  return ["## Ratios", table(head, rows)];
}

function ablationOf({ ablation, results }: Evaluation): string[] {
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

function reliabilityOf({ reliability }: Evaluation): string[] {
  if (reliability.length === 0) return [];
  const rows = reliability.map(({ outcome, error }) => [outcome, error.toFixed(4)]);
  return [
    "## Calibration",
    "Expected calibration error of the outcome chances on the 12 cards of every query's shelf.",
    table(["outcome", "error"], rows),
    "![Reliability](reliability.svg)",
  ];
}

function carriedOf({ carried, results }: Evaluation): string[] {
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

function personalOf({ personal }: Evaluation): string[] {
  if (personal.length === 0) return [];
  const head = ["events before", "visits", ...sidesHead("HR@20"), ...sidesHead("MRR@20")];
  const rows = personal.map((row) => [
    row.past,
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

function basketsOf({ baskets }: Evaluation): string[] {
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
    row.past,
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

function table(head: readonly string[], rows: readonly string[][]): string {
  return [head, head.map(() => "---"), ...rows]
    .map((cells) => `| ${cells.join(" | ")} |`)
    .join("\n");
}

function withInterval(value: number, [low, high]: Interval): string {
  return `${value.toFixed(3)} [${low.toFixed(3)}, ${high.toFixed(3)}]`;
}

function signed(change: number): string {
  return `${change < 0 ? "−" : "+"}${Math.abs(change).toFixed(3)}`;
}

function percent(share: number | null): string {
  return share === null ? "not measured" : `${(100 * share).toFixed(0)} %`;
}
