import type { Shelf, ShelfCard } from "../engine/ranking/shelf.ts";
import type { ShelfRequest } from "../engine/ranking/shelfRequest.ts";
import type { Recommender } from "../engine/recommender.ts";
import type { Product } from "../engine/shop/catalog.ts";

/** What a shelf asks for. */
export interface ShelfPlan {
  request: ShelfRequest;
  /** Cards below this score are left out. */
  minScore: number;
  /** What fills the places left empty. */
  fallback: "trending" | "none";
  /** Only products priced in this currency. */
  currency?: string | undefined;
  /** Cards that make room for others, unless there are too few others. */
  replaced?: readonly string[];
}

/** A product on a shelf, with all that its card needs. */
export interface PlacedCard {
  product: Product;
  recommendation: ShelfCard;
  /** The product that its reason names. */
  because: Product | undefined;
  /** The answer that it came with: two cards of a shelf that was filled up can have two. */
  shelf: Shelf;
}

/** What a shelf shows. */
export interface ShelfContent {
  cards: PlacedCard[];
  /** The product that the whole shelf starts from ("because you viewed …"). */
  because: Product | undefined;
}

/** As much of the recommender as a shelf needs. */
export type ShelfSource = Pick<Recommender, "recommend" | "products">;

/** Asks for a shelf's cards, none of them in `taken`, and fills its gaps with what is popular. */
export async function fillShelf(
  source: ShelfSource,
  plan: ShelfPlan,
  taken: readonly string[],
): Promise<ShelfContent> {
  const { minScore, fallback, currency } = plan;
  const request = requestOf(plan);
  const isPriced = ({ product }: PlacedCard) => (currency ?? product.currency) === product.currency;
  const chosen = await askForOthers(source, { request, replaced: plan.replaced ?? [] }, taken);
  const isGood = ({ recommendation }: PlacedCard) => recommendation.score >= minScore;
  const cards = chosen.cards.filter(isGood).filter(isPriced);
  if (fallback === "none" || cards.length >= request.limit) return { ...chosen, cards };
  const known = [...taken, ...chosen.cards.map(({ product }) => product.id)];
  const popular = await ask(source, { ...request, strategy: "trending" }, known);
  const filled = [...cards, ...popular.cards.filter(isPriced)].slice(0, request.limit);
  return { ...chosen, cards: filled };
}

/** The network's own score as a bar would sort out the other side's cards: no fair experiment. */
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
