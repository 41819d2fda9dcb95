import type { LogRow } from "../logs/logRow.ts";
import type { PullRates } from "./pullRates.ts";

/**
 * Seventeen facts about a visit so far, to see what the network's four inputs leave out: those four, then times,
 * prices, repeats and rates. A regression on them is only measured, never shipped.
 * @param visit the steps so far, at least one.
 */
export function visitFacts(
  visit: readonly LogRow[],
  { inputs, rates, own }: { inputs: readonly number[]; rates: PullRates; own: readonly LogRow[] },
): number[] {
  const last = visit.at(-1)!;
  const before = visit.at(-2) ?? last;
  const pulls = visit.map(({ productId }) => Math.log(rates.of(productId, own).rate));
  const prices = visit.map(({ price }) => (Number.isNaN(price) ? 0 : Math.log1p(price)));
  const share = (of: (row: LogRow) => string) => new Set(visit.map(of)).size / visit.length;
  const hour = (new Date(last.at).getUTCHours() / 24) * 2 * Math.PI;
  return [
    ...inputs,
    Math.log(visit.length),
    Math.log1p((last.at - visit[0]!.at) / 1000),
    Math.log1p((last.at - before.at) / 1000),
    pulls.at(-1)!,
    pulls.reduce((sum, pull) => sum + pull, 0) / pulls.length,
    Math.max(...pulls),
    prices.at(-1)!,
    prices.reduce((sum, price) => sum + price, 0) / prices.length,
    share(({ productId }) => productId),
    share(({ brand }) => brand),
    visit.filter(({ type }) => type === "cart").length,
    Math.sin(hour),
    Math.cos(hour),
  ];
}
