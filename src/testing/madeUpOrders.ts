import { createOrderBook, type OrderBook } from "../cli/value/orderBook.ts";
import type { Random } from "../engine/kit/random.ts";
import type { BgNbd } from "../engine/value/bgNbd.ts";
import type { GammaGamma } from "../engine/value/gammaGamma.ts";

export interface MadeUpShop {
  shoppers: number;
  /** First orders fall evenly into so many days from day 0 on. */
  joiningDays: number;
  days: number;
  bgNbd: BgNbd;
  gammaGamma: GammaGamma;
}

/** Orders of shoppers that behave exactly as the models say: a fit must recover the parameters. */
export function madeUpOrders(shop: MadeUpShop, random: Random): OrderBook {
  const building = createOrderBook();
  for (let shopper = 0; shopper < shop.shoppers; shopper++) {
    const scale = drawGamma(shop.gammaGamma.q, random) / shop.gammaGamma.v;
    const value = () => drawGamma(shop.gammaGamma.p, random) / scale;
    const first = random.integer(shop.joiningDays);
    building.add(`${shopper}`, first, value());
    for (const week of repeatsOf(shop.bgNbd, (shop.days - first) / 7, random)) {
      building.add(`${shopper}`, first + 7 * week, value());
    }
  }
  return building.book();
}

/** Weeks after the first order; not rounded to days, since two orders of one day would be one. */
function repeatsOf({ r, alpha, a, b }: BgNbd, weeks: number, random: Random): number[] {
  const rate = drawGamma(r, random) / alpha;
  const stay = drawGamma(b, random);
  const leave = stay === 0 ? 1 : 1 / (1 + stay / drawGamma(a, random));
  const repeats: number[] = [];
  let week = 0;
  for (;;) {
    week += -Math.log(1 - random.next()) / rate;
    if (!(week < weeks)) return repeats;
    repeats.push(week);
    if (random.next() < leave) return repeats;
  }
}

/** A gamma variate of scale 1 (Marsaglia and Tsang, 2000). */
export function drawGamma(shape: number, random: Random): number {
  if (shape < 1) return drawGamma(shape + 1, random) * random.next() ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = random.normal();
    const v = (1 + c * x) ** 3;
    if (v <= 0) continue;
    if (Math.log(1 - random.next()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
}
