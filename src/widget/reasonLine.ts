import type { PlacedCard } from "./fillShelf.ts";
import type { Texts } from "./texts.ts";

/** One line on why a card is there, naming the product in the shopper's past that it rests on. */
export function reasonLine({ recommendation, because }: PlacedCard, texts: Texts): string {
  const { input, visits = 1, purchases = 0 } = recommendation.reason;
  if (input === "ownHistory") return purchases > 0 ? texts.bought : texts.viewed(visits);
  if (because === undefined) return texts.trending;
  if (input === "coVisitation") return texts.alsoLookedAt(because.title);
  if (input === "contentFit") return texts.similar(because.title);
  return texts.trending;
}
