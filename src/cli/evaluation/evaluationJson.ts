import type { EvaluationResult, Result } from "./evaluation.ts";
import type { SystemName } from "./system.ts";

/** The output of `--json`. */
export function evaluationJson({
  results,
  baskets,
}: Pick<EvaluationResult, "results" | "baskets">) {
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
