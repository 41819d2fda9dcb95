import type { ShopEvent } from "../events/shopEvent.ts";
import { createRandom } from "../kit/random.ts";
import type { Catalog } from "../shop/catalog.ts";
import { drawFutures, quantile } from "../value/drawFutures.ts";
import { type Forecast, forecast, HORIZONS, isActiveChance } from "../value/forecast.ts";
import { createOrderLedger, DAY_MS, type OrderSummary } from "../value/orderLedger.ts";
import { DEFAULT_VALUE_MODEL, NO_SEASON, type ValueModel } from "../value/valueModel.ts";

/** What this shopper's past orders suggest about the next ones. For the shopper alone; none of it is stored or sent. */
export interface Outlook {
  /** Days with an order that count, and what is known of them; undefined before the first one. */
  basis: OutlookBasis | undefined;
  /** The chance in [0, 1] that the shopper has not left for good; undefined before the first order. */
  active: number | undefined;
  /** By horizon, the nearest first; empty before the first order. */
  horizons: OutlookHorizon[];
}

/** The facts on which an outlook rests. */
export interface OutlookBasis {
  orderDays: number;
  /** Milliseconds since 1970, the start of the day. */
  firstOrder: number;
  lastOrder: number;
  /** Mean value of an order day in minor units of `currency`. */
  meanValueMinor: number;
  /** Of the catalog's first product. */
  currency: string;
}

export interface OutlookHorizon {
  days: number;
  orders: Expected;
  /** In minor units of the currency; later months count a little less. */
  valueMinor: Expected;
  /** The chance in [0, 1] of at least one order. */
  returns: number;
}

/** A mean, and the middle 80 % of what shoppers with such orders come to. */
export interface Expected {
  mean: number;
  low: number;
  high: number;
}

export interface OutlookSources {
  catalog: Catalog;
  /** What is known of the shop's shoppers; default: other shops' (docs/value.md). */
  model?: ValueModel;
  /** Milliseconds since 1970. */
  at: number;
}

const DRAWS = 2000;
const SEED = 1;
const LOW = 0.1;
const HIGH = 0.9;
const DAYS_A_WEEK = 7;
const MINOR_UNITS = 100;

/** @param events the shopper's events that count, in any order. */
export function outlookOf(events: readonly ShopEvent[], sources: OutlookSources): Outlook {
  const { catalog, model = DEFAULT_VALUE_MODEL, at } = sources;
  const ledger = createOrderLedger(catalog);
  for (const event of events) ledger.apply(event);
  const summary = ledger.summary(at);
  if (summary === undefined) return { basis: undefined, active: undefined, horizons: [] };
  const shopper = withKnownValue(summary);
  const today = Math.floor(at / DAY_MS);
  return {
    basis: basisOf(shopper, { today, currency: catalog.products[0]?.currency ?? "" }),
    active: isActiveChance(model, shopper),
    horizons: HORIZONS.map((days) => horizonOf(model, shopper, { today, days })),
  };
}

/**
 * The models know a shopper by the repeat orders. Before the first of these, the value of the first order
 * is closer than another shop's mean.
 */
function withKnownValue(summary: OrderSummary): OrderSummary {
  return summary.repeats === 0 ? { ...summary, repeatValues: summary.allValues } : summary;
}

function basisOf(
  { weeks, lastWeek, allValues }: OrderSummary,
  { today, currency }: { today: number; currency: string },
): OutlookBasis {
  const first = today - Math.round(weeks * DAYS_A_WEEK);
  return {
    orderDays: allValues.orders,
    firstOrder: first * DAY_MS,
    lastOrder: (first + Math.round(lastWeek * DAYS_A_WEEK)) * DAY_MS,
    meanValueMinor: Math.round(MINOR_UNITS * allValues.mean),
    currency,
  };
}

/**
 * Means come from the formulas, with season and corrections. Ranges come from drawn futures, over a time in
 * which the models alone expect as many orders.
 */
function horizonOf(
  model: ValueModel,
  shopper: OrderSummary,
  time: { today: number; days: number },
): OutlookHorizon {
  const means = forecast(model, shopper, time);
  const plain = forecast({ ...model, corrections: {}, season: NO_SEASON }, shopper, time);
  const level = plain.orders > 0 ? means.orders / plain.orders : 1;
  const weeks = (level * time.days) / DAYS_A_WEEK;
  const futures = drawFutures(model, shopper, { weeks, draws: DRAWS, random: createRandom(SEED) });
  const range = (of: (future: (typeof futures)[number]) => number) => {
    const sorted = Float64Array.from(futures, of).sort();
    return { low: quantile(sorted, LOW), high: quantile(sorted, HIGH) };
  };
  return {
    days: time.days,
    orders: { mean: means.orders, ...range(({ orders }) => orders) },
    valueMinor: inMinorUnits(
      means,
      range(({ value }) => value),
    ),
    returns: means.returns,
  };
}

function inMinorUnits({ value }: Forecast, { low, high }: Omit<Expected, "mean">): Expected {
  return { mean: value * MINOR_UNITS, low: low * MINOR_UNITS, high: high * MINOR_UNITS };
}
