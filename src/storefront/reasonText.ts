import type { Reason } from "../engine/ranking/explain.ts";
import type { Rebuy } from "../engine/ranking/rebuy.ts";
import type { Catalog } from "../engine/shop/catalog.ts";
import { DAY_MS, day, daysFromNow, inDays } from "./format.ts";
import { categoryName, strings } from "./strings.ts";
import type { CardContent } from "./useShelves.ts";

/** One line on why a card is there; on "buy it again" also on when it is due. */
export function cardText(
  { recommendation, interest }: Omit<CardContent, "productId">,
  catalog: Catalog,
  now: number,
): string {
  const { reason, rebuy } = recommendation ?? {};
  if (rebuy) return rebuyText(rebuy, now);
  // Of the products that are popular, those the shopper said they like were put first.
  if (interest && reason?.input === "popularity" && !reason.pinned) {
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

/**
 * One line on why a card is there, naming the product in the shopper's past that it rests on.
 * Without a reason it is there for its popularity: that is what a shop without recommender shows.
 */
export function reasonText(reason: Reason | undefined, catalog: Catalog): string {
  if (reason?.pinned) return strings.reason.pinned;
  const because = titleOf(reason?.because, catalog);
  switch (reason?.input) {
    case "ownHistory":
      return reason.purchases ? strings.reason.bought : strings.reason.viewed(reason.visits ?? 1);
    case "coVisitation":
      return because === undefined ? strings.reason.popular : strings.reason.alsoLookedAt(because);
    case "contentFit":
      return because === undefined ? strings.reason.popular : strings.reason.similar(because);
    default:
      return strings.reason.popular;
  }
}

function titleOf(productId: string | undefined, catalog: Catalog): string | undefined {
  const row = productId === undefined ? undefined : catalog.rowOf(productId);
  return row === undefined ? undefined : catalog.products[row]!.title;
}
