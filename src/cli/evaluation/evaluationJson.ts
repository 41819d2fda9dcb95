import { byHistory, historyFiguresOf } from "./byHistory.ts";
import type { EvaluationResult, Result } from "./evaluation.ts";
import type { SystemName } from "./system.ts";
import { targetsOf } from "./targets.ts";

/** What `--json` writes. */
export function evaluationJson(evaluation: EvaluationResult) {
  const { results, baskets, bestPeer, unseen, returning, returnError, crowds } = evaluation;
  const by = (...names: SystemName[]) =>
    names.map((name) => results.find((result) => result.name === name)).find(Boolean)?.measured
      .satisfaction;
  return {
    queries: queriesOf(results),
    systems: results.map(({ name, figures, measured, cardChange }) => ({
      name,
      ...figures,
      ...historyFiguresOf(measured.answers.flat()),
      coverage: measured.coverage,
      diversity: measured.diversity,
      cardChange,
      msPerQuery: measured.msPerQuery,
    })),
    byHistory: Object.fromEntries(
      results.map(({ name, measured }) => [name, byHistory(measured.answers)]),
    ),
    bestPeer: bestPeer ?? null,
    unseen,
    returning,
    returnError,
    crowds: crowds.map(({ share, sessions, results }) => ({
      share,
      sessions,
      systems: results.map(({ name, answers }) => ({ name, ...historyFiguresOf(answers.flat()) })),
    })),
    targets: targetsOf(evaluation),
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
