import { type BgNbd, expectedOrders, returnChance } from "../../engine/value/bgNbd.ts";
import { correctionFacts, linear } from "../../engine/value/forecast.ts";
import { expectedOrderValue } from "../../engine/value/gammaGamma.ts";
import { PERIOD_DAYS, PERIODS } from "../../engine/value/orderLedger.ts";
import type { Corrections, Season, ValueModel } from "../../engine/value/valueModel.ts";
import { fitBgNbd, fitGammaGamma } from "./fitOrders.ts";
import { type HeldOutShopper, heldOutShoppers, type OrderBook } from "./orderBook.ts";
import { AT_LEAST_ONE, fitRegression, POISSON } from "./regression.ts";

const YEAR_DAYS = PERIOD_DAYS * PERIODS;
/** The history that a fit needs, and the window that the trend is measured on: 13 weeks. */
const WINDOW_DAYS = 91;
/** Smoothing: a factor counts as if there were this many more orders in a year without seasons. */
const EVEN_ORDERS = 200;
/** The number of windows considered, the latest ones, and how many of them the corrections are learned from. */
const MAX_WINDOWS = 6;
const MAX_TRAINING_WINDOWS = 3;
/** Half of a trend seen once is assumed to continue (a damped trend: Gardner and McKenzie, 1985). */
const TREND_KEPT = 0.5;

/**
 * The model of orders for a shop's pack, from what was known by the end of `today`.
 * @param horizons in days; each gets corrections of its own.
 */
export function fitValueModel(
  book: OrderBook,
  { today, horizons }: { today: number; horizons: readonly number[] },
): ValueModel {
  const known = heldOutShoppers(book, { today, days: 0 });
  const base: ValueModel = {
    bgNbd: fitBgNbd(known.map(({ summary }) => summary)).model,
    gammaGamma: fitGammaGamma(known.map(({ summary }) => summary.repeatValues)).model,
    season: fitSeason(book, today),
    corrections: {},
  };
  const corrections: Record<number, Corrections> = {};
  for (const days of horizons) {
    const own = fitCorrections(book, base, { today, days, known });
    if (own !== undefined) corrections[days] = own;
  }
  return { ...base, corrections };
}

/** Whether there are 13 weeks of log before a day. */
function isFittable(book: OrderBook, today: number): boolean {
  return today - book.firstDay >= WINDOW_DAYS - 1;
}

/**
 * Last year's orders relative to those that BG/NBD would have expected a year ago, by period, times half the
 * trend since. All 1 if the log does not go back far enough.
 */
function fitSeason(book: OrderBook, today: number): Season {
  const factors = periodFactors(book, today - YEAR_DAYS);
  if (factors === undefined) return { fromDay: today, factors: new Array(PERIODS).fill(1) };
  const trend = trendOf(book, today) ** TREND_KEPT;
  return { fromDay: today, factors: factors.map((factor) => factor * trend) };
}

/** By period from `origin` on: actual over expected orders. */
function periodFactors(book: OrderBook, origin: number): number[] | undefined {
  if (!isFittable(book, origin)) return undefined;
  const known = heldOutShoppers(book, { today: origin, days: 0 }).map(({ summary }) => summary);
  const { model } = fitBgNbd(known);
  const expected = Array.from({ length: PERIODS + 1 }, (_, periods) =>
    sum(known, (shopper) => expectedOrders(model, shopper, (periods * PERIOD_DAYS) / 7)),
  );
  return ordersByPeriod(book, origin).map(
    (came, period) =>
      (came + EVEN_ORDERS) / (expected[period + 1]! - expected[period]! + EVEN_ORDERS),
  );
}

/** Orders in each period of the year after `origin`, of shoppers with an order by then. */
function ordersByPeriod(
  { shoppers, retentionDays = Number.POSITIVE_INFINITY }: OrderBook,
  origin: number,
): number[] {
  const counts = new Array<number>(PERIODS).fill(0);
  for (const days of shoppers.values()) {
    if (![...days.keys()].some((day) => day <= origin && origin - day < retentionDays)) continue;
    for (const day of days.keys()) {
      const period = Math.floor((day - origin - 1) / PERIOD_DAYS);
      if (period >= 0 && period < PERIODS) counts[period]!++;
    }
  }
  return counts;
}

/** The latest 13 weeks relative to the same weeks a year before; 1 if that is unknown. */
function trendOf(book: OrderBook, today: number): number {
  const origin = today - WINDOW_DAYS;
  const [now, before] = [origin, origin - YEAR_DAYS].map((day) => {
    if (!isFittable(book, day)) return undefined;
    const shoppers = heldOutShoppers(book, { today: day, days: WINDOW_DAYS });
    return levelOf(shoppers, plainOrders(shoppers, WINDOW_DAYS));
  });
  return now === undefined || before === undefined ? 1 : now / before;
}

/** Orders that BG/NBD, fitted to these shoppers, expects of each within `days`. */
function plainOrders(shoppers: readonly HeldOutShopper[], days: number): number[] {
  const { model } = fitBgNbd(shoppers.map(({ summary }) => summary));
  return shoppers.map(({ summary }) => expectedOrders(model, summary, days / 7));
}

function levelOf(shoppers: readonly HeldOutShopper[], expected: readonly number[]): number {
  return sum(shoppers, ({ orders }) => orders) / expected.reduce((total, own) => total + own, 0);
}

/** An earlier window that the corrections are learned from. */
interface TrainingWindow {
  shoppers: readonly HeldOutShopper[];
  /** Facts of each shopper. */
  facts: number[][];
  /** ln of actual relative to expected orders of all shoppers in the window. */
  level: number;
  /** The same for the rates behind the chances of coming back. */
  returnLevel: number;
  /** Expected value of an order of each shopper. */
  orderValues: number[];
  /** Whether a whole year lies before the window. */
  isInformed: boolean;
}

function fitCorrections(
  book: OrderBook,
  model: ValueModel,
  { today, days, known }: { today: number; days: number; known: readonly HeldOutShopper[] },
): Corrections | undefined {
  const all = windowsBefore(book, today, days).flatMap(
    (window) => trainingWindowOf(book, window) ?? [],
  );
  if (all.length === 0) return undefined;
  const informed = all.filter(({ isInformed }) => isInformed);
  const windows = (informed.length > 0 ? informed : all).slice(0, MAX_TRAINING_WINDOWS);
  const shoppers = windows.flatMap((one) => one.shoppers);
  const rows = windows.flatMap(({ facts }) => facts);
  const orders = fitRegression({
    family: POISSON,
    rows,
    targets: shoppers.map((shopper) => shopper.orders),
    offsets: windows.flatMap(({ facts, level }) => facts.map(() => level)),
  });
  const returns = fitRegression({
    family: AT_LEAST_ONE,
    rows,
    targets: shoppers.map((shopper) => Math.min(1, shopper.orders)),
    offsets: windows.flatMap(({ facts, returnLevel }) => facts.map(() => returnLevel)),
  });
  const now = { bgNbd: model.bgNbd, known, days };
  return {
    orders: withOrdersOf(now, orders),
    returns: withReturnsOf(now, returns),
    returnSeason: seasonPower(all),
    value: fitValuePowers(windows, orders),
  };
}

/**
 * The power of an order level that is a return level, by least squares over windows, with one window of a
 * usual season (a tenth up or down) that says 1.
 */
function seasonPower(windows: readonly TrainingWindow[]): number {
  const usual = 0.1 ** 2;
  const both = sum(windows, ({ level, returnLevel }) => level * returnLevel);
  return (both + usual) / (sum(windows, ({ level }) => level ** 2) + usual);
}

/**
 * Powers of expected orders and order value, by what was spent. They may only damp: a power above 1, learned
 * from a few big spenders, would blow up the next ones.
 */
function fitValuePowers(windows: readonly TrainingWindow[], orders: readonly number[]): number[] {
  const values = windows.flatMap(({ shoppers }) => shoppers.map(({ value }) => value));
  const mean = values.reduce((total, value) => total + value, 0) / values.length || 1;
  const logs = windows.flatMap(({ facts, level, orderValues }) =>
    facts.map((own, index) => [linear(orders, own) + level, Math.log(orderValues[index]!)]),
  );
  const [, ...free] = fitRegression({
    family: POISSON,
    rows: logs,
    targets: values.map((value) => value / mean),
  });
  const powers = free.map((power) => Math.max(0, Math.min(1, power)));
  const expected = sum(logs, (own) => Math.exp(linear([0, ...powers], own)));
  return [Math.log((mean * values.length) / expected), ...powers];
}

/** Today's shoppers; BG/NBD forecasts the sum of their orders best. */
interface Today {
  bgNbd: BgNbd;
  known: readonly HeldOutShopper[];
  days: number;
}

/** The constant at which today's shoppers are expected to order as often as BG/NBD says. */
function withOrdersOf({ bgNbd, known, days }: Today, coefficients: readonly number[]): number[] {
  const plain = known.map(({ summary }) => expectedOrders(bgNbd, summary, days / 7));
  const corrected = sum(known, ({ summary }, index) =>
    Math.exp(linear(coefficients, correctionFacts(summary, plain[index]!, days))),
  );
  const [constant = 0, ...rest] = coefficients;
  return [constant + Math.log(plain.reduce((total, own) => total + own, 0) / corrected), ...rest];
}

/** The constant at which as many of today's shoppers are expected to come back as BG/NBD says. */
function withReturnsOf({ bgNbd, known, days }: Today, coefficients: readonly number[]): number[] {
  const offsets = known.map(({ summary }) => {
    const plain = expectedOrders(bgNbd, summary, days / 7);
    return linear(coefficients, correctionFacts(summary, plain, days));
  });
  const targets = known.map(({ summary }) => returnChance(bgNbd, summary, days / 7));
  const [constant = 0, ...rest] = coefficients;
  return [constant + constantOf(offsets, targets), ...rest];
}

/** What must be added to all rates (as logarithms) so that as many are expected back as came back. */
function constantOf(offsets: readonly number[], targets: readonly number[]): number {
  return fitRegression({ family: AT_LEAST_ONE, rows: targets.map(() => []), targets, offsets })[0]!;
}

/** The latest windows entirely before the end of `today`, of `days` or as long as the log allows. */
function windowsBefore(book: OrderBook, today: number, days: number) {
  const length = Math.min(days, Math.floor((today - book.firstDay) / 2));
  return Array.from({ length: MAX_WINDOWS }, (_, index) => ({
    today: today - (index + 1) * length,
    days: length,
  })).filter((window) => isFittable(book, window.today));
}

function trainingWindowOf(
  book: OrderBook,
  window: { today: number; days: number },
): TrainingWindow | undefined {
  const shoppers = heldOutShoppers(book, window);
  const weeks = window.days / 7;
  const { model } = fitBgNbd(shoppers.map(({ summary }) => summary));
  const plain = shoppers.map(({ summary }) => expectedOrders(model, summary, weeks));
  const values = fitGammaGamma(shoppers.map(({ summary }) => summary.repeatValues)).model;
  const level = Math.log(levelOf(shoppers, plain));
  if (!Number.isFinite(level)) return undefined;
  const logRates = shoppers.map(({ summary }) =>
    Math.log(-Math.log1p(-returnChance(model, summary, weeks))),
  );
  return {
    shoppers,
    facts: shoppers.map(({ summary }, index) =>
      correctionFacts(summary, plain[index]!, window.days),
    ),
    level,
    returnLevel: constantOf(
      logRates,
      shoppers.map(({ orders }) => Math.min(1, orders)),
    ),
    orderValues: shoppers.map(({ summary }) => expectedOrderValue(values, summary.repeatValues)),
    isInformed: window.today - book.firstDay >= YEAR_DAYS - 1,
  };
}

function sum<Item>(items: readonly Item[], of: (item: Item, index: number) => number): number {
  return items.reduce((total, item, index) => total + of(item, index), 0);
}
