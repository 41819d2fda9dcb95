import { expectedOrders } from "../../engine/value/bgNbd.ts";
import { forecast } from "../../engine/value/forecast.ts";
import { expectedOrderValue } from "../../engine/value/gammaGamma.ts";
import type { ValueModel } from "../../engine/value/valueModel.ts";
import {
  areaUnderCurve,
  bias,
  brierScore,
  calibrationError,
  correlation,
  meanAbsoluteError,
  type ReliabilityBin,
  rankCorrelation,
  reliabilityBins,
  shareOfTop,
} from "./figures.ts";
import { fitValueModel } from "./fitValueModel.ts";
import { type HeldOutShopper, heldOutShoppers, type OrderBook } from "./orderBook.ts";

/** The last day that is known, and the length of the test period after it. */
export interface ValueWindow {
  today: number;
  days: number;
}

/** A method's forecasts for every shopper of a window; undefined for what it does not forecast. */
interface Forecaster {
  name: string;
  orders?: number[];
  value: number[];
  returns?: number[];
  /** What it ranks by if it has no chances. */
  score: number[];
}

/** Figures of one method. */
export interface ValueFigures {
  name: string;
  /** Correlation of expected and actual orders. */
  r: number;
  /** The same for their ranks. */
  rho: number;
  mae?: number;
  bias?: number;
  /** Correlation of expected and actual value, and that of their ranks. */
  valueR: number;
  valueRho: number;
  valueMae?: number;
  /** Share of all value held by the tenth with the highest expected value. */
  topTenth: number;
  /** Of coming back. */
  auc: number;
  brier?: number;
  ece?: number;
}

export interface ValueEvaluation {
  window: ValueWindow;
  model: ValueModel;
  shoppers: number;
  /** Share of shoppers with an order. */
  returned: number;
  /** The highest possible `topTenth`. */
  idealTopTenth: number;
  figures: ValueFigures[];
  /** The same without the hundredth that had spent the most until then. */
  withoutTop: ValueFigures[];
  reliability: ReliabilityBin[];
}

/** Fits on what was known at the window's start, and compares with what came after it. */
export function evaluateValue(book: OrderBook, window: ValueWindow): ValueEvaluation {
  const { today, days } = window;
  const shoppers = heldOutShoppers(book, window);
  const model = fitValueModel(book, { today, horizons: [days] });
  const forecasters = [
    ours(model, shoppers, window),
    plainModel(model, shoppers, window),
    rateSoFar(shoppers, window),
    sinceLastOrder(shoppers),
  ];
  const spent = shoppers.map(({ summary }) => summary.allValues.mean * summary.allValues.orders);
  const limit = spent.toSorted((a, b) => b - a)[Math.floor(spent.length / 100)] ?? 0;
  const most = shoppers.map((_, index) => index).filter((index) => spent[index]! <= limit);
  const all = shoppers.map((_, index) => index);
  const values = shoppers.map(({ value }) => value);
  return {
    window,
    model,
    shoppers: shoppers.length,
    returned: shoppers.filter(({ orders }) => orders > 0).length / shoppers.length,
    idealTopTenth: shareOfTop(values, values),
    figures: forecasters.map((own) => figuresOf(own, shoppers, all)),
    withoutTop: forecasters.map((own) => figuresOf(own, shoppers, most)),
    reliability: reliabilityBins(
      forecasters[0]!.returns!,
      shoppers.map(({ orders }) => orders > 0),
    ),
  };
}

function ours(
  model: ValueModel,
  shoppers: readonly HeldOutShopper[],
  window: ValueWindow,
): Forecaster {
  const all = shoppers.map(({ summary }) => forecast(model, summary, window));
  const returns = all.map((own) => own.returns);
  return {
    name: "value model",
    orders: all.map(({ orders }) => orders),
    value: all.map(({ value }) => value),
    returns,
    score: returns,
  };
}

/** The published models alone, without season and corrections. */
function plainModel(
  model: ValueModel,
  shoppers: readonly HeldOutShopper[],
  { days }: ValueWindow,
): Forecaster {
  const plain: ValueModel = {
    ...model,
    corrections: {},
    season: { fromDay: 0, factors: [1] },
  };
  const orders = shoppers.map(({ summary }) => expectedOrders(model.bgNbd, summary, days / 7));
  const returns = shoppers.map(
    ({ summary }) => forecast(plain, summary, { today: 0, days }).returns,
  );
  return {
    name: "BG/NBD, gamma-gamma",
    orders,
    value: shoppers.map(
      ({ summary }, index) =>
        orders[index]! * expectedOrderValue(model.gammaGamma, summary.repeatValues),
    ),
    returns,
    score: returns,
  };
}

/** Continues as before: repeat orders per week since the first, times the mean value of all orders. */
function rateSoFar(shoppers: readonly HeldOutShopper[], { days }: ValueWindow): Forecaster {
  const orders = shoppers.map(
    ({ summary: { repeats, weeks } }) => (repeats / Math.max(1, weeks)) * (days / 7),
  );
  return {
    name: "rate so far",
    orders,
    value: shoppers.map(({ summary }, index) => orders[index]! * summary.allValues.mean),
    score: orders,
  };
}

function sinceLastOrder(shoppers: readonly HeldOutShopper[]): Forecaster {
  const score = shoppers.map(({ summary }) => summary.lastWeek - summary.weeks);
  return { name: "weeks since last order", value: score, score };
}

function figuresOf(
  { name, orders, value, returns, score }: Forecaster,
  shoppers: readonly HeldOutShopper[],
  members: readonly number[],
): ValueFigures {
  const pick = (values: readonly number[]) => members.map((index) => values[index]!);
  const actual = pick(shoppers.map((shopper) => shopper.orders));
  const spent = pick(shoppers.map((shopper) => shopper.value));
  const hits = actual.map((count) => count > 0);
  return {
    name,
    r: correlation(pick(orders ?? score), actual),
    rho: rankCorrelation(pick(orders ?? score), actual),
    ...(orders && {
      mae: meanAbsoluteError(pick(orders), actual),
      bias: bias(pick(orders), actual),
    }),
    valueR: correlation(pick(value), spent),
    valueRho: rankCorrelation(pick(value), spent),
    ...(orders && { valueMae: meanAbsoluteError(pick(value), spent) }),
    topTenth: shareOfTop(pick(value), spent),
    auc: areaUnderCurve(pick(score), hits),
    ...(returns && {
      brier: brierScore(pick(returns), hits),
      ece: calibrationError(pick(returns), hits),
    }),
  };
}
