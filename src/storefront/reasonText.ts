import type { Acts } from "../engine/events/history.ts";
import type { Reason } from "../engine/ranking/reason.ts";
import type { Rebuy } from "../engine/ranking/rebuy.ts";
import type { Catalog } from "../engine/shop/catalog.ts";
import { DAY_MS, day, daysFromNow, inDays } from "./format.ts";
import { categoryName, strings } from "./strings.ts";
import type { CardContent } from "./useShelves.ts";

/** One line on why a card is there; on "buy it again" also on when it is due. */
export function cardText(
  { recommendation, reason = recommendation?.reason, interest }: Omit<CardContent, "productId">,
  catalog: Catalog,
  now: number,
): string {
  if (recommendation?.rebuy && !reason?.pinned) return rebuyText(recommendation.rebuy, now);
  // Of the products that nothing personal speaks for, those the shopper said they like were put first.
  const isPersonal = reason?.input !== "popularity" && reason?.input !== "range";
  if (interest && !isPersonal && !reason.pinned) {
    return strings.reason.interest(categoryName(interest.name));
  }
  return reasonText(reason, catalog);
}

/** After a single purchase there is no interval of the shopper's own to speak of. */
function rebuyText({ purchases, lastBoughtAt, intervalMs, dueAt }: Rebuy, now: number): string {
  const { again, boughtOn, due, perhapsDue, runOut } = strings.reason;
  const [past, next] =
    purchases > 1 ? [again(inDays(intervalMs)), due] : [boughtOn(day(lastBoughtAt)), perhapsDue];
  const isPastDue = Math.round((dueAt - now) / DAY_MS) < 0;
  return `${past} · ${isPastDue ? runOut : next(daysFromNow(dueAt - now))}`;
}

/** One line on why a card is there, naming the product in the shopper's past that it rests on. */
export function reasonText(reason: Reason | undefined, catalog: Catalog): string {
  const texts = strings.reason;
  if (reason?.pinned) return texts.pinned;
  if (reason?.acts) return actText(reason.acts);
  const because = titleOf(reason?.because, catalog);
  switch (reason?.input) {
    case "coVisitation":
      return because === undefined ? texts.alsoLookedAtAny : texts.alsoLookedAt(because);
    case "contentFit":
      return because === undefined ? texts.similarToAny : texts.similar(because);
    case "popularity":
      return texts.popular;
    default:
      return texts.range;
  }
}

/** What the shopper did with the product: of several acts the one that says most. */
function actText({ purchases, carts, saves, looks, stays }: Acts): string {
  const texts = strings.reason;
  if (purchases > 0) return texts.bought;
  if (carts > 0) return texts.carted;
  if (saves > 0) return texts.saved;
  return looks + stays > 0 ? texts.viewed(Math.max(1, looks)) : texts.rated;
}

function titleOf(productId: string | undefined, catalog: Catalog): string | undefined {
  const row = productId === undefined ? undefined : catalog.rowOf(productId);
  return row === undefined ? undefined : catalog.products[row]!.title;
}
