import type { Catalog, Reason, Rebuy } from "vitrine";
import { reasonLine } from "vitrine/shelf";
import { day, daysFromNow, inDays } from "../language/format.ts";
import { categoryName, strings } from "../language/strings.ts";
import { productIn } from "../shop/shop.ts";
import type { ShopCard } from "./shelfPlans.ts";

/** One line on why a card is there; on "buy it again" also on when it is due. */
export function cardText(card: Omit<ShopCard, "product">, now: number): string {
  const { reason, rebuy } = card.recommendation ?? {};
  if (rebuy) return rebuyText(rebuy, now);
  // Of the products that are popular, those the shopper said they like were put first.
  if (card.interest && reason?.input === "popularity" && !reason.pinned) {
    return strings.reason.interest(categoryName(card.interest.name));
  }
  return reasonLine(card, strings.reason);
}

/** After a single purchase there is no interval of the shopper's own to speak of. */
function rebuyText({ purchases, lastBoughtAt, intervalMs, dueAt }: Rebuy, now: number): string {
  const { again, boughtOn, due, perhapsDue } = strings.reason;
  const [past, next] =
    purchases > 1 ? [again(inDays(intervalMs)), due] : [boughtOn(day(lastBoughtAt)), perhapsDue];
  return `${past} · ${next(daysFromNow(dueAt - now))}`;
}

/** The same for a reason alone. */
export function reasonText(reason: Reason, catalog: Catalog): string {
  const because = reason.because === undefined ? undefined : productIn(catalog, reason.because);
  return reasonLine({ recommendation: { reason }, because }, strings.reason);
}
