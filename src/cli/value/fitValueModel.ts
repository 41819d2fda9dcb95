import { expectedOrders } from "../../engine/value/bgNbd.ts";
import { correctionFacts, linear } from "../../engine/value/forecast.ts";
import { expectedOrderValue } from "../../engine/value/gammaGamma.ts";
import { PERIOD_DAYS, PERIODS } from "../../engine/value/orderLedger.ts";
import type { Corrections, Season, ValueModel } from "../../engine/value/valueModel.ts";
import { fitBgNbd, fitGammaGamma } from "./fitOrders.ts";
import { type HeldOutShopper, heldOutShoppers, type OrderBook } from "./orderBook.ts";
import { AT_LEAST_ONE, fitRegression, POISSON } from "./regression.ts";

const YEAR_DAYS = PERIOD_DAYS * PERIODS;
/** What a fit needs before it, and the window by which the trend is judged: 13 weeks. */
const WINDOW_DAYS = 91;
/** A factor counts like so many orders of an even year more. */
const EVEN_ORDERS = 200;
/** At most so many windows teach the corrections, the latest ones. */
const MAX_WINDOWS = 3;
/** Of a trend seen once, half is taken to go on (a damped trend: Gardner and McKenzie, 1985). */
const TREND_KEPT = 0.5;

/**
 * All that a shop's pack says about orders, from what was known by the end of `today`.
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
 * Last year's orders beside those that BG/NBD would have expected a year ago, by period, times half the trend
 * since. All 1 where the log does not reach back far enough.
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

/** Orders in each period of the year after `origin`, of shoppers who had ordered by then. */
function ordersByPeriod({ shoppers }: OrderBook, origin: number): number[] {
  const counts = new Array<number>(PERIODS).fill(0);
  for (const days of shoppers.values()) {
    if (![...days.keys()].some((day) => day <= origin)) continue;
    for (const day of days.keys()) {
      const period = Math.floor((day - origin - 1) / PERIOD_DAYS);
      if (period >= 0 && period < PERIODS) counts[period]!++;
    }
  }
  return counts;
}

/** How the latest 13 weeks fared beside the same weeks a year before; 1 where that is not known. */
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

/** One shopper of an earlier window, as the corrections learn from them. */
interface Lesson {
  facts: number[];
  /** ln of how the window's orders compare with what was expected of all its shoppers. */
  level: number;
  orderValue: number;
  orders: number;
  value: number;
}

function fitCorrections(
  book: OrderBook,
  model: ValueModel,
  { today, days, known }: { today: number; days: number; known: readonly HeldOutShopper[] },
): Corrections | undefined {
  const lessons = windowsBefore(book, today, days).flatMap((window) => lessonsOf(book, window));
  if (lessons.length === 0) return undefined;
  const rows = lessons.map(({ facts }) => facts);
  const offsets = lessons.map(({ level }) => level);
  const orders = fitRegression({
    family: POISSON,
    rows,
    targets: lessons.map((lesson) => lesson.orders),
    offsets,
  });
  const returns = fitRegression({
    family: AT_LEAST_ONE,
    rows,
    targets: lessons.map((lesson) => (lesson.orders > 0 ? 1 : 0)),
    offsets,
  });
  const value = fitValuePowers(lessons, orders);
  return { orders: withLevelOf(model, orders, { known, days }), returns, value };
}

/**
 * Powers of expected orders and order value, by what was spent. They may only damp: a power above 1, learned
 * from a few big spenders, would blow up the next ones.
 */
function fitValuePowers(lessons: readonly Lesson[], orders: readonly number[]): number[] {
  const mean = sum(lessons, ({ value }) => value) / lessons.length || 1;
  const logs = lessons.map(({ facts, level, orderValue }) => [
    linear(orders, facts) + level,
    Math.log(orderValue),
  ]);
  const [, ...free] = fitRegression({
    family: POISSON,
    rows: logs,
    targets: lessons.map(({ value }) => value / mean),
  });
  const powers = free.map((power) => Math.max(0, Math.min(1, power)));
  const expected = sum(logs, (own) => Math.exp(linear([0, ...powers], own)));
  return [Math.log((mean * lessons.length) / expected), ...powers];
}

/** The constant at which today's shoppers are expected to order as often as BG/NBD says. */
function withLevelOf(
  { bgNbd }: ValueModel,
  coefficients: readonly number[],
  { known, days }: { known: readonly HeldOutShopper[]; days: number },
): number[] {
  const plain = known.map(({ summary }) => expectedOrders(bgNbd, summary, days / 7));
  const corrected = sum(known, ({ summary }, index) =>
    Math.exp(linear(coefficients, correctionFacts(summary, plain[index]!, days))),
  );
  const [constant = 0, ...rest] = coefficients;
  return [constant + Math.log(plain.reduce((total, own) => total + own, 0) / corrected), ...rest];
}

/**
 * The latest windows that lie wholly before the end of `today`, of `days` or as long as the log allows; where
 * some know a whole year before them, only those.
 */
function windowsBefore(book: OrderBook, today: number, days: number) {
  const length = Math.min(days, Math.floor((today - book.firstDay) / 2));
  const windows = Array.from({ length: MAX_WINDOWS }, (_, index) => ({
    today: today - (index + 1) * length,
    days: length,
  })).filter((window) => isFittable(book, window.today));
  const informed = windows.filter((window) => window.today - book.firstDay >= YEAR_DAYS - 1);
  return informed.length > 0 ? informed : windows;
}

function lessonsOf(book: OrderBook, window: { today: number; days: number }): Lesson[] {
  const shoppers = heldOutShoppers(book, window);
  const plain = plainOrders(shoppers, window.days);
  const values = fitGammaGamma(shoppers.map(({ summary }) => summary.repeatValues)).model;
  const level = Math.log(levelOf(shoppers, plain));
  if (!Number.isFinite(level)) return [];
  return shoppers.map(({ summary, orders, value }, index) => ({
    facts: correctionFacts(summary, plain[index]!, window.days),
    level,
    orderValue: expectedOrderValue(values, summary.repeatValues),
    orders,
    value,
  }));
}

function sum<Item>(items: readonly Item[], of: (item: Item, index: number) => number): number {
  return items.reduce((total, item, index) => total + of(item, index), 0);
}
