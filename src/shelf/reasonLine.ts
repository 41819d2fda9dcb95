import type { Reason } from "../engine/ranking/explain.ts";

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
  const title = because?.title;
  switch (input) {
    case "coVisitation":
      return title === undefined ? texts.alsoLookedAtAny : texts.alsoLookedAt(title);
    case "contentFit":
      return title === undefined ? texts.similarToAny : texts.similar(title);
    default:
      return texts.popular;
  }
}
