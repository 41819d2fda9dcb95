import type { Catalog, Reason, Rebuy } from "vitrine";
import { reasonLine } from "vitrine/shelf";
import { DAY_MS, day, daysFromNow, inDays } from "../language/format.ts";
import { categoryName, strings } from "../language/strings.ts";
import { productIn } from "../shop/shop.ts";
import type { ShopCard } from "./shelfPlans.ts";

/** One line with the reason for a card; on "buy it again" also when it is due. */
export function cardText(card: Omit<ShopCard, "product">, now: number): string {
  const { rebuy } = card.recommendation ?? {};
  const { reason = card.recommendation?.reason } = card;
  if (rebuy && !reason?.pinned) return rebuyText(rebuy, now);
  // Where nothing personal recommends a product, the shopper's stated interests put it first.
  const isPersonal = reason?.input !== "popularity" && reason?.input !== "range";
  if (card.interest && !isPersonal && !reason.pinned) {
    return strings.reason.interest(categoryName(card.interest.name));
  }
  return reasonLine(card, strings.reason);
}

/** A single purchase does not define an interval. */
function rebuyText({ purchases, lastBoughtAt, intervalMs, dueAt }: Rebuy, now: number): string {
  const { again, boughtOn, due, perhapsDue, runOut } = strings.reason;
  const [past, next] =
    purchases > 1 ? [again(inDays(intervalMs)), due] : [boughtOn(day(lastBoughtAt)), perhapsDue];
  const isPastDue = Math.round((dueAt - now) / DAY_MS) < 0;
  return `${past} · ${isPastDue ? runOut : next(daysFromNow(dueAt - now))}`;
}

/** The text of a reason alone. */
export function reasonText(reason: Reason, catalog: Catalog): string {
  const because = reason.because === undefined ? undefined : productIn(catalog, reason.because);
  return reasonLine({ recommendation: { reason }, because }, strings.reason);
}
