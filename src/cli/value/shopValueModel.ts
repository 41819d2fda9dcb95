import { HORIZONS } from "../../engine/value/forecast.ts";
import { RETENTION_DAYS } from "../../engine/value/orderLedger.ts";
import { DEFAULT_VALUE_MODEL, type ValueModel } from "../../engine/value/valueModel.ts";
import { evaluateValue, type ValueFigures } from "./evaluateValue.ts";
import { fitValueModel } from "./fitValueModel.ts";
import type { OrderBook } from "./orderBook.ts";

/** Fewer shoppers than this would be worse than the defaults, and might be identifiable. */
export const MIN_SHOPPERS = 1000;
const WINDOW_DAYS = 91;

/** A shop's model of orders, and how accurate it would have been. */
export interface ShopValueModel {
  model: ValueModel;
  shoppers: number;
  /** Whether the log was large enough; else the model is the default one. */
  isFitted: boolean;
  /** Figures for the latest 13 weeks, forecast from the time before; undefined if the log is too short. */
  heldOut?: ValueFigures[];
}

/**
 * Fits all horizons that shoppers are shown. Each shopper is known for as many days as a device keeps, so that
 * training matches use.
 */
export function shopValueModel(log: OrderBook): ShopValueModel {
  const book = { ...log, retentionDays: RETENTION_DAYS };
  const shoppers = book.shoppers.size;
  if (shoppers < MIN_SHOPPERS) return { model: DEFAULT_VALUE_MODEL, shoppers, isFitted: false };
  const today = book.lastDay;
  const isLong = today - book.firstDay >= 2 * WINDOW_DAYS;
  return {
    model: fitValueModel(book, { today, horizons: HORIZONS }),
    shoppers,
    isFitted: true,
    ...(isLong && {
      heldOut: evaluateValue(book, { today: today - WINDOW_DAYS, days: WINDOW_DAYS }).figures,
    }),
  };
}
