import type { Acts } from "../engine/events/history.ts";
import type { Reason } from "../engine/ranking/reason.ts";

/** The sentences for the reason of a card. */
export interface ReasonTexts {
  pinned: string;
  popular: string;
  /** For a card whose only reason is that the shop sells it. */
  range: string;
  bought: string;
  carted: string;
  saved: string;
  rated: string;
  viewed(times: number): string;
  alsoLookedAt(title: string): string;
  /** For several products together, none of which is a reason alone. */
  alsoLookedAtAny: string;
  similar(title: string): string;
  similarToAny: string;
}

/** The parts of a card that its reason depends on. */
export interface ReasonedCard {
  recommendation?: { reason: Reason } | undefined;
  /** The reason until the recommender has answered. */
  reason?: Reason | undefined;
  /** The product that the reason names. */
  because?: { title: string } | undefined;
}

/** One line with the reason for a card, naming the product in the shopper's history that it is based on. */
export function reasonLine(
  { recommendation, reason = recommendation?.reason, because }: ReasonedCard,
  texts: ReasonTexts,
): string {
  const { input, acts, pinned } = reason ?? {};
  if (pinned) return texts.pinned;
  if (acts) return actLine(acts, texts);
  const title = because?.title;
  switch (input) {
    case "coVisitation":
      return title === undefined ? texts.alsoLookedAtAny : texts.alsoLookedAt(title);
    case "contentFit":
      return title === undefined ? texts.similarToAny : texts.similar(title);
    case "popularity":
      return texts.popular;
    default:
      return texts.range;
  }
}

/** What the shopper did with the product; the most informative of several acts. */
function actLine({ purchases, carts, saves, looks, stays }: Acts, texts: ReasonTexts): string {
  if (purchases > 0) return texts.bought;
  if (carts > 0) return texts.carted;
  if (saves > 0) return texts.saved;
  return looks + stays > 0 ? texts.viewed(Math.max(1, looks)) : texts.rated;
}
