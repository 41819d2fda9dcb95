import type { Reason } from "../engine/ranking/explain.ts";

/** The sentences that say why a card is there. */
export interface ReasonTexts {
  pinned: string;
  popular: string;
  bought: string;
  viewed(times: number): string;
  alsoLookedAt(title: string): string;
  similar(title: string): string;
}

/** As much of a card as its reason needs; without a recommendation it is there for its popularity. */
export interface ReasonedCard {
  recommendation?: { reason: Reason } | undefined;
  /** The product that the reason names. */
  because?: { title: string } | undefined;
}

/** One line on why a card is there, naming the product in the shopper's past that it rests on. */
export function reasonLine({ recommendation, because }: ReasonedCard, texts: ReasonTexts): string {
  const { input, pinned, visits = 1, purchases = 0 } = recommendation?.reason ?? {};
  if (pinned) return texts.pinned;
  if (input === "ownHistory") return purchases > 0 ? texts.bought : texts.viewed(visits);
  if (because === undefined) return texts.popular;
  if (input === "coVisitation") return texts.alsoLookedAt(because.title);
  if (input === "contentFit") return texts.similar(because.title);
  return texts.popular;
}
