import { isWantedAgain, NEW_MS, type Product, type Reason } from "vitrine";
import { productIn, type Shop } from "../shop/shop.ts";
import { idsIn, type ShopStateStore } from "../state/shopState.ts";
import { NO_CARDS, type PlannedShelf, type ShopShelf } from "./shelfPlans.ts";

/** The strategies that the shop can serve without a recommender, most popular first. */
const AT_FIRST = {
  popular: () => true,
  reduced: ({ listPriceMinor }: Product) => listPriceMinor !== undefined,
  new: ({ addedAt = "" }: Product) => Date.now() - Date.parse(addedAt) < NEW_MS,
};

/** The shop's popular products, distributed over the shelves that may show them; undefined for one that waits. */
export function shelvesAtFirst(
  plans: readonly PlannedShelf[],
  shop: Shop,
  had: readonly string[],
): (ShopShelf | undefined)[] {
  const dealt = new Set(had);
  const [mostPopular] = shop.popular;
  const isAnyPopular = mostPopular !== undefined && shop.isPopular(mostPopular);
  return plans.map(({ atFirst, limit, strategy }) => {
    if (atFirst === "skeleton") return undefined;
    if (atFirst === "nothing" || (strategy === "trending" && !isAnyPopular)) return NO_CARDS;
    const fits = AT_FIRST[atFirst];
    const free = shop.popular.filter((product) => !dealt.has(product.id) && fits(product));
    const chosen = free.slice(0, limit);
    for (const { id } of chosen) dealt.add(id);
    return { cards: chosen.map((product) => ({ product, reason: firstReason(product, shop) })) };
  });
}

function firstReason(product: Product, shop: Shop): Reason {
  return { input: shop.isPopular(product) ? "popularity" : "range" };
}

/** The same for a shop whose recommender does not run, where no shelf waits. */
export function shelvesWithoutRecommender(
  plans: readonly PlannedShelf[],
  shop: Shop,
  had: readonly string[],
): ShopShelf[] {
  return shelvesAtFirst(plans, shop, had).map((shelf) => shelf ?? NO_CARDS);
}

/** The products in the cart and those bought, unless the shopper may want them again. */
export function idsHad({ catalog }: Shop, shopState: ShopStateStore): string[] {
  const { cart, orders } = shopState.get();
  const isOff = (id: string, at: number) => {
    const product = productIn(catalog, id);
    return product !== undefined && !isWantedAgain(product, at, Date.now());
  };
  const bought = orders.flatMap(({ at, lines }) => idsIn(lines).filter((id) => isOff(id, at)));
  return [...new Set([...idsIn(cart), ...bought])];
}
