import type { Acts } from "../engine/events/history.ts";
import type { PlacedCard } from "./fillShelf.ts";
import type { Texts } from "./texts.ts";

/** One line on why a card is there, naming the product in the shopper's past that it rests on. */
export function reasonLine({ recommendation, because }: PlacedCard, texts: Texts): string {
  const { input, acts, pinned } = recommendation.reason;
  if (pinned) return texts.pinned;
  if (acts) return actLine(acts, texts);
  const title = because?.title;
  switch (input) {
    case "coVisitation":
      return title === undefined ? texts.alsoLookedAtAny : texts.alsoLookedAt(title);
    case "contentFit":
      return title === undefined ? texts.similarToAny : texts.similar(title);
    case "popularity":
      return texts.trending;
    default:
      return texts.range;
  }
}

/** What the shopper did with the product: of several acts the one that says most. */
function actLine({ purchases, carts, saves, looks, stays }: Acts, texts: Texts): string {
  if (purchases > 0) return texts.bought;
  if (carts > 0) return texts.carted;
  if (saves > 0) return texts.saved;
  return looks + stays > 0 ? texts.viewed(Math.max(1, looks)) : texts.rated;
}
