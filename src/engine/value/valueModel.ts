import type { BgNbd } from "./bgNbd.ts";
import type { GammaGamma } from "./gammaGamma.ts";

/** Parameters of a shop's orders, fitted to its log when the item pack is built. */
export interface ValueModel {
  bgNbd: BgNbd;
  /** Of order values in major units. */
  gammaGamma: GammaGamma;
  /** Actual relative to expected orders, by season; see `seasonAt`. */
  season: Season;
  /** By horizon in days, learned from earlier windows; empty if the log is too short or too small. */
  corrections: Readonly<Record<number, Corrections>>;
}

/** 13 factors, one for each period of 28 days of a year. */
export interface Season {
  /** Day since 1970 on which the first period begins. */
  fromDay: number;
  factors: readonly number[];
}

/** The inputs of the corrections, in this order; see `correctionFacts`. */
export const CORRECTION_FACTS = [
  "orders",
  "silence",
  "lastYear",
  "isNew",
  "periods",
  "value",
] as const;

/** Coefficients for one horizon. */
export interface Corrections {
  /** ln of the expected orders, before the season: a constant, then one for each fact. */
  orders: readonly number[];
  /** ln(−ln(1 − chance of an order)), before the season: a constant, then one for each fact. */
  returns: readonly number[];
  /** The power of the season's factor that multiplies that rate: a high season also brings inactive shoppers back. */
  returnSeason: number;
  /** ln of the expected value: a constant, and powers of the expected orders and of the order value. */
  value: readonly number[];
}

/** A year in which every period is like the others. */
export const NO_SEASON: Season = { fromDay: 0, factors: new Array<number>(13).fill(1) };

/**
 * The defaults for a shop whose log is too small. Order times are a gift shop's, 13 weeks ahead; order values
 * are those of the music shop in the literature. Both fits are in `docs/value.md`.
 */
export const DEFAULT_VALUE_MODEL: ValueModel = {
  bgNbd: { r: 0.64, alpha: 9.06, a: 0.17, b: 2.74 },
  gammaGamma: { p: 6.25, q: 3.74, v: 15.44 },
  season: NO_SEASON,
  corrections: {},
};
