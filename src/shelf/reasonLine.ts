import type { Acts } from "../engine/events/history.ts";
import type { Reason } from "../engine/ranking/reason.ts";

/** The sentences that say why a card is there. */
export interface ReasonTexts {
  pinned: string;
  popular: string;
  /** Of a card for which nothing speaks but that the shop has it. */
  range: string;
  bought: string;
  carted: string;
  saved: string;
  rated: string;
  viewed(times: number): string;
  alsoLookedAt(title: string): string;
  /** Where it is several products, none of them alone. */
  alsoLookedAtAny: string;
  similar(title: string): string;
  similarToAny: string;
}

/** The parts of a card that its reason needs. */
export interface ReasonedCard {
  recommendation?: { reason: Reason } | undefined;
  /** Why it is there before the recommender has a say. */
  reason?: Reason | undefined;
  /** The product that the reason names. */
  because?: { title: string } | undefined;
}

/** One line on why a card is there, naming the product in the shopper's past that it rests on. */
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

/** What the shopper did with the product: of several acts the most telling one. */
function actLine({ purchases, carts, saves, looks, stays }: Acts, texts: ReasonTexts): string {
  if (purchases > 0) return texts.bought;
  if (carts > 0) return texts.carted;
  if (saves > 0) return texts.saved;
  return looks + stays > 0 ? texts.viewed(Math.max(1, looks)) : texts.rated;
}
