import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Reliability } from "./calibration.ts";
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
  const intervals = bootstrap(measured.tallies);
  return { name, measured, figures, intervals, ...(parameters && { parameters }) };
}

/** How the personal network did against the prior, for shoppers with a past of some length. */
export interface PersonalRow {
  past: string;
  visits: number;
  queries: number;
  prior: Figures;
  personal: Figures;
}

export interface Evaluation {
  title: string;
  /** What was asked of whom, in a sentence. */
  setting: string;
  results: Result[];
  /** Figures of the network with one input silenced. */
  ablation: { name: string; figures: Figures }[];
  reliability: Reliability[];
  personal: PersonalRow[];
}

/** What `--json` writes. */
export function jsonOf(results: readonly Result[]) {
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
  const { neutral, personal } = jsonOf(results).satisfaction;
  const parts = [
    `# ${title}`,
    setting,
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
    "## Satisfaction",
    `Share of sessions in which one of 12 cards was what the shopper went on to: ${percent(neutral)} neutral (popular products), ${percent(personal)} personal.`,
    ...ablationOf(evaluation),
    ...reliabilityOf(evaluation),
    ...personalOf(evaluation),
  ];
  return `${parts.join("\n\n")}\n`;
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

function personalOf({ personal }: Evaluation): string[] {
  if (personal.length === 0) return [];
  const rows = personal.map(({ past, visits, queries, prior, personal: own }) => [
    past,
    String(visits),
    String(queries),
    prior.hr20.toFixed(3),
    own.hr20.toFixed(3),
    prior.mrr20.toFixed(3),
    own.mrr20.toFixed(3),
  ]);
  const head = [
    "events before",
    "visits",
    "queries",
    "prior HR@20",
    "personal",
    "MRR@20",
    "personal",
  ];
  return ["## Personal training", table(head, rows)];
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
