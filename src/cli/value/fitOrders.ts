import {
  type BgNbd,
  logLikelihoodOfCount,
  logLikelihoodOfTimes,
  type OrderTimes,
} from "../../engine/value/bgNbd.ts";
import {
  type GammaGamma,
  gammaGammaLogLikelihood,
  type OrderValues,
} from "../../engine/value/gammaGamma.ts";
import { nelderMead } from "./nelderMead.ts";

export interface Fitted<Model> {
  model: Model;
  logLikelihood: number;
}

/** Maximum likelihood over the logarithms of the parameters, which keeps them above 0. */
export function fitBgNbd(shoppers: readonly OrderTimes[]): Fitted<BgNbd> {
  const shoppersByRepeats = new Map<number, number>();
  for (const { repeats } of shoppers) {
    shoppersByRepeats.set(repeats, (shoppersByRepeats.get(repeats) ?? 0) + 1);
  }
  const cost = ([r = 0, alpha = 0, a = 0, b = 0]: readonly number[]) => {
    const model = { r: Math.exp(r), alpha: Math.exp(alpha), a: Math.exp(a), b: Math.exp(b) };
    let sum = 0;
    for (const [repeats, count] of shoppersByRepeats) {
      sum += count * logLikelihoodOfCount(model, repeats);
    }
    for (const shopper of shoppers) sum += logLikelihoodOfTimes(model, shopper);
    return -sum;
  };
  // There are two local minima: shoppers leave early, or hardly ever.
  const starts = [
    [0, Math.log(8), 0, Math.log(2)],
    [Math.log(0.5), Math.log(8), Math.log(0.2), Math.log(3)],
  ];
  const found = starts
    .map((start) => nelderMead(cost, start))
    .reduce((best, one) => (one.value < best.value ? one : best));
  const [r = 0, alpha = 0, a = 0, b = 0] = found.at.map(Math.exp);
  return { model: { r, alpha, a, b }, logLikelihood: -found.value };
}

/**
 * Maximum likelihood over the shoppers with repeat orders; q above 1, below which a shopper without
 * orders would be expected to spend without limit.
 */
export function fitGammaGamma(values: readonly OrderValues[]): Fitted<GammaGamma> {
  const known = values.filter(({ orders, mean }) => orders > 0 && mean > 0);
  const cost = ([p = 0, q = 0, v = 0]: readonly number[]) => {
    const model = { p: Math.exp(p), q: 1 + Math.exp(q), v: Math.exp(v) };
    return -known.reduce((sum, own) => sum + gammaGammaLogLikelihood(model, own), 0);
  };
  const mean = known.reduce((sum, own) => sum + own.mean, 0) / Math.max(1, known.length);
  const found = nelderMead(cost, [0, Math.log(2), Math.log(Math.max(mean, 1e-6))]);
  const [p = 0, beyond = 0, v = 0] = found.at.map(Math.exp);
  return { model: { p, q: 1 + beyond, v }, logLikelihood: -found.value };
}
