import { activeChance, expectedOrders, returnChance } from "./bgNbd.ts";
import { expectedOrderValue } from "./gammaGamma.ts";
import { type OrderSummary, PERIOD_DAYS, PERIODS } from "./orderLedger.ts";
import type { Season, ValueModel } from "./valueModel.ts";

/** The horizons that shoppers are shown, in days. */
export const HORIZONS = [28, 90, 365] as const;

/** The forecast for a shopper for the next `days`. */
export interface Forecast {
  days: number;
  /** Orders expected. */
  orders: number;
  /** Money expected, in the unit of the order values; later months count a little less. */
  value: number;
  /** The chance in [0, 1] of at least one order. */
  returns: number;
}

export interface ForecastTime {
  /** Day since 1970 on which the forecast starts. */
  today: number;
  days: number;
}

/** The factor by which money loses value in 28 days. */
const DISCOUNT = 0.99;
/** Only shoppers known for this long show the orders of a full year. */
const KNOWN_WEEKS = 39;
const MIN_ORDERS = 1e-4;

/** The chance in (0, 1] that the shopper has not left for good. */
export function isActiveChance(model: ValueModel, shopper: OrderSummary): number {
  return activeChance(model.bgNbd, shopper);
}

/** Expected orders, value and chance of coming back. */
export function forecast(model: ValueModel, shopper: OrderSummary, time: ForecastTime): Forecast {
  const { days } = time;
  const steps = ordersByPeriod(model, shopper, time);
  const plain = steps.reduce((sum, { orders }) => sum + orders, 0);
  const seasonal = steps.reduce((sum, { orders, factor }) => sum + orders * factor, 0);
  const discounted = steps.reduce(
    (sum, { orders, factor }, index) => sum + orders * factor * DISCOUNT ** index,
    0,
  );
  const level = plain > 0 ? seasonal / plain : 1;
  const facts = correctionFacts(shopper, plain, days);
  const corrections = model.corrections[days];
  const orders = (corrections ? Math.exp(linear(corrections.orders, facts)) : plain) * level;
  const orderValue = expectedOrderValue(model.gammaGamma, shopper.repeatValues);
  const value = corrections
    ? Math.exp(linear(corrections.value, [Math.log(orders), Math.log(orderValue)]))
    : orders * orderValue;
  // The season multiplies a rate μ of orders; the chance of at least one is 1 − exp(−μ).
  const rate = corrections
    ? Math.exp(linear(corrections.returns, facts))
    : -Math.log1p(-returnChance(model.bgNbd, shopper, days / 7));
  return {
    days,
    orders,
    value: seasonal > 0 ? (value * discounted) / seasonal : value,
    returns: -Math.expm1(-rate * level ** (corrections?.returnSeason ?? 1)),
  };
}

/**
 * The inputs of the corrections, see `CORRECTION_FACTS`; most are ln(1 + count).
 * @param orders expected within `days` by BG/NBD alone.
 */
export function correctionFacts(shopper: OrderSummary, orders: number, days: number): number[] {
  const { weeks, lastWeek, periods, allValues } = shopper;
  const ahead = Math.min(PERIODS, Math.max(1, Math.round(days / PERIOD_DAYS)));
  const lastYear = periods.slice(PERIODS - ahead).reduce((sum, count) => sum + count, 0);
  const busy = periods.filter((count) => count > 0).length;
  return [
    Math.log(Math.max(orders, MIN_ORDERS)),
    Math.log1p(weeks - lastWeek),
    Math.log1p(lastYear),
    weeks < KNOWN_WEEKS ? 1 : 0,
    Math.log1p(busy),
    Math.log1p(Math.max(0, allValues.mean)),
  ];
}

/** Constant and coefficients times facts. */
export function linear(coefficients: readonly number[], facts: readonly number[]): number {
  return facts.reduce(
    (sum, fact, index) => sum + fact * coefficients[index + 1]!,
    coefficients[0]!,
  );
}

interface PeriodOrders {
  /** Orders that BG/NBD expects in the period. */
  orders: number;
  /** The season's factor. */
  factor: number;
}

function ordersByPeriod(
  { bgNbd, season }: ValueModel,
  shopper: OrderSummary,
  { today, days }: ForecastTime,
): PeriodOrders[] {
  const steps: PeriodOrders[] = [];
  let before = 0;
  for (let from = 0; from < days; from += PERIOD_DAYS) {
    const to = Math.min(days, from + PERIOD_DAYS);
    const until = expectedOrders(bgNbd, shopper, to / 7);
    steps.push({ orders: until - before, factor: seasonAt(season, today + (from + to) / 2) });
    before = until;
  }
  return steps;
}

/** The factor on a day: exact in the middle of a period, interpolated between two middles. */
export function seasonAt({ fromDay, factors }: Season, day: number): number {
  const position = (day - fromDay) / PERIOD_DAYS - 0.5;
  const period = Math.floor(position);
  const factorOf = (index: number) =>
    factors[((index % factors.length) + factors.length) % factors.length]!;
  const share = position - period;
  return (1 - share) * factorOf(period) + share * factorOf(period + 1);
}
