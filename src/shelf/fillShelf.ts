import type { Shelf, ShelfCard } from "../engine/ranking/shelf.ts";
import type { ShelfRequest } from "../engine/ranking/shelfRequest.ts";
import type { Recommender } from "../engine/recommender.ts";
import type { Product } from "../engine/shop/catalog.ts";

/** The request of a shelf. */
export interface ShelfPlan {
  request: ShelfRequest;
  /** Cards below this score are left out. */
  minScore: number;
  /** What fills empty places. */
  fallback: "trending" | "none";
  /** Only products priced in this currency. */
  currency?: string | undefined;
  /** Ids of cards to replace by others, unless there are too few others. */
  replaced?: readonly string[];
}

/** A product on a shelf, with everything that its card needs. */
export interface PlacedCard {
  product: Product;
  recommendation: ShelfCard;
  /** The product that its reason names. */
  because: Product | undefined;
  /** The answer that it came with: two cards of a shelf that was filled up can have two. */
  shelf: Shelf;
}

/** The content of a shelf. */
export interface ShelfContent {
  cards: PlacedCard[];
  /** The product that the whole shelf is based on ("because you viewed …"). */
  because: Product | undefined;
}

/** The part of the recommender that a shelf needs. */
export type ShelfSource = Pick<Recommender, "recommend" | "products">;

/** Asks for a shelf's cards, none of them in `taken`, and fills its gaps with popular products. */
export async function fillShelf(
  source: ShelfSource,
  plan: ShelfPlan,
  taken: readonly string[],
): Promise<ShelfContent> {
  const { minScore, fallback, currency } = plan;
  const request = requestOf(plan);
  const isPriced = ({ product }: PlacedCard) => (currency ?? product.currency) === product.currency;
  const chosen = await askForOthers(source, { request, replaced: plan.replaced ?? [] }, taken);
  // A frame has applied its own minimum, and keeps the scores.
  const isGood = ({ recommendation }: PlacedCard) => !(recommendation.score < minScore);
  const cards = chosen.cards.filter(isGood).filter(isPriced);
  if (fallback === "none" || cards.length >= request.limit) return { ...chosen, cards };
  const known = [...taken, ...chosen.cards.map(({ product }) => product.id)];
  const popular = await ask(source, { ...request, strategy: "trending" }, known);
  const filled = [...cards, ...popular.cards.filter(isPriced)].slice(0, request.limit);
  return { ...chosen, cards: filled };
}

/** A minimum of the network's score would remove cards of the other side, which is no fair experiment. */
function requestOf({ request, minScore }: ShelfPlan): ShelfRequest {
  return minScore > 0 ? { ...request, experiment: 0 } : request;
}

async function askForOthers(
  source: ShelfSource,
  { request, replaced }: { request: ShelfRequest; replaced: readonly string[] },
  taken: readonly string[],
): Promise<ShelfContent> {
  const others = await ask(source, request, [...taken, ...replaced]);
  return 2 * others.cards.length >= replaced.length ? others : ask(source, request, taken);
}

async function ask(
  source: ShelfSource,
  request: ShelfRequest,
  taken: readonly string[],
): Promise<ShelfContent> {
  const exclude = [...(request.exclude ?? []), ...taken];
  const shelf = await source.recommend({ ...request, exclude });
  const ids = shelf.cards.flatMap(({ productId, reason }) => [productId, reason.because ?? ""]);
  const [because, ...found] = await source.products([shelf.because ?? "", ...ids]);
  const cards = shelf.cards.flatMap((recommendation, index) => {
    const product = found[2 * index];
    if (product === undefined) return [];
    return [{ product, recommendation, because: found[2 * index + 1], shelf }];
  });
  return { cards, because };
}
