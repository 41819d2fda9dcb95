import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { EvaluationResult } from "../../src/cli/evaluation/evaluation.ts";
import { evaluationJson } from "../../src/cli/evaluation/evaluationJson.ts";
import type { Figures } from "../../src/cli/evaluation/figures.ts";
import { crowdsOf, historyOf, returningOf, targetsSection, unseenOf } from "./historySections.ts";
import { percent, table, withInterval } from "./markdown.ts";
import { barPlot, reliabilityPlot } from "./plot.ts";
import {
  ablationOf,
  basketsOf,
  carriedOf,
  personalOf,
  ratiosOf,
  reliabilityOf,
} from "./reportSections.ts";

/** Writes `report.md` and its plots into a folder; returns the report's path. */
export function writeReport(folder: string, evaluation: EvaluationResult): string {
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

export function markdownOf(evaluation: EvaluationResult): string {
  const { title, setting, results } = evaluation;
  const { neutral, personal } = evaluationJson(evaluation).satisfaction;
  const parts = [
    `# ${title}`,
    setting,
    unseenOf(evaluation),
    ...targetsSection(evaluation),
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
      [
        "system",
        "coverage",
        "diversity",
        "changed in a day",
        "popularity of cards",
        "ms/query",
        "parameters",
      ],
      results.map(({ name, measured: m, cardChange, parameters = "" }) => [
        name,
        m.coverage.toFixed(3),
        m.diversity.toFixed(3),
        cardChange.toFixed(3),
        m.popularityBias.toFixed(3),
        m.msPerQuery.toFixed(2),
        parameters,
      ]),
    ),
    "Parameters were chosen on the crowd's last tenth, by HR@20 + MRR@20. Diversity: mean of 1 − the Jaccard index of categories and brand, over pairs of the 20 cards. Changed in a day: share of cards that were not there a day earlier, nothing clicked in between.",
    ...ratiosOf(results),
    ...historyOf(evaluation),
    ...returningOf(evaluation),
    ...crowdsOf(evaluation),
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
