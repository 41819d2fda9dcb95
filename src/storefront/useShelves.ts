import { useCallback, useEffect, useRef, useState } from "react";
import type { Reason } from "../engine/ranking/reason.ts";
import type { Shelf as RecommendedShelf, ShelfCard } from "../engine/ranking/shelf.ts";
import type { ShelfRequest, Strategy } from "../engine/ranking/shelfRequest.ts";
import type { Recommender } from "../engine/recommender.ts";
import { type Catalog, isWantedAgain, NEW_MS, type Product } from "../engine/shop/catalog.ts";
import type { EngineState } from "./engine.ts";
import { type Interest, interestIn, interestRules } from "./interests.ts";
import { errorText } from "./messageText.ts";
import { useEnginePart, useInterests, usePersonalization, useShop } from "./ShopContext.tsx";
import { productIn, type Shop } from "./shop.ts";
import { idsIn, type ShopStateStore } from "./shopState.ts";
import { strings } from "./strings.ts";
import { withTransition } from "./transition.ts";

/** A card's product and, once the recommender had a say, why it is there. */
export interface CardContent {
  productId: string;
  recommendation?: ShelfCard;
  /** Why it is there before the recommender has a say. */
  reason?: Reason;
  /** The shelf as it was recommended. */
  shelf?: RecommendedShelf;
  /** What the shopper said they like that this product is of. */
  interest?: Interest | undefined;
}

export interface ShelfContent {
  cards: CardContent[];
  /** The product that the shelf started from. */
  because?: string;
}

export interface ShelfPlan
  extends Omit<ShelfRequest, "exclude" | "personalization" | "reroll" | "rules"> {
  /** What a first visit shows until the recommender can say better. */
  atFirst: keyof typeof AT_FIRST | "nothing" | "skeleton";
  /** Shown before the later plans are filled. */
  isFirst?: true;
}

/** A shelf that takes no room. */
export const NO_CARDS: ShelfContent = { cards: [] };

/** The shelf that a page is opened for, or ends with. */
export const FOR_YOU: ShelfPlan = {
  strategy: "for-you",
  limit: 12,
  exploration: 0.05,
  atFirst: "popular",
  isFirst: true,
};

/** Shelves that are a choice and not a list: others would do as well. */
export const REROLLED: ReadonlySet<Strategy> = new Set([
  "for-you",
  "because-you-viewed",
  "related",
  "on-sale",
  "new",
]);

export interface Shelves {
  /** One per plan; undefined while it is awaited. */
  shelves: (ShelfContent | undefined)[];
  /** Whether the shopper did something, or a training ended, since the cards were chosen. */
  isOutdated: boolean;
  refresh(): void;
  /** Puts other good cards on a shelf. Stays the same function as long as the shelves are the same. */
  reroll(strategy: Strategy): void;
}

/**
 * The shelves of one page. Plans are served in order, and no product stands on two of them. The
 * cards stay as they are while the page is shown: a shelf that moves under the eye is worse than one
 * that is a click old. They are fresh on the next page, or when the shopper asks (`refresh`, `reroll`,
 * or the slider between personal and neutral).
 *
 * A first visit gets popular cards at once and keeps them; a returning shopper's own cards are
 * waited for. `plans` must be the same list from render to render.
 */
export function useShelves(plans: readonly ShelfPlan[]): Shelves {
  const { shop, engine, shopState, toasts } = useShop();
  const recommender = useEnginePart((state) => state.recommender);
  const failure = useEnginePart((state) => state.failure);
  const personalization = usePersonalization();
  const interests = useInterests();
  const [round, setRound] = useState(0);
  const [first] = useState({
    isVisit: !engine.isReturning && engine.get().acts === 0 && interests.length === 0,
    personalization,
    interests,
  });
  const [shelves, setShelves] = useState(() =>
    first.isVisit
      ? shelvesAtFirst(plans, shop, idsHad(shop, shopState))
      : plans.map(() => undefined),
  );
  const isGuest = useEnginePart(({ status }) => status?.recording.because === "guest");
  const followedActs = useEnginePart(({ acts }) => (engine.isLive ? acts : 0));
  const [madeFor, setMadeFor] = useState(() => shelfMoment(engine.get()));
  const isOutdated = useEnginePart((state) => {
    const { acts, trainedAt } = shelfMoment(state);
    const isAsMade = acts === madeFor.acts && trainedAt === madeFor.trainedAt;
    return !isAsMade && state.recommender !== undefined;
  });
  const asked = useRef(false);
  const rolls = useRef(0);

  const askerFor = useCallback(
    (recommender: Recommender): Asker => {
      const interactions = engine.get().status?.interactions ?? 0;
      const rules = interestRules(interests, { interactions, personalization });
      const taste = { personalization, rules };
      return { recommender, catalog: shop.catalog, interests, taste, had: idsHad(shop, shopState) };
    },
    [engine, shop, shopState, interests, personalization],
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: a followed act is a reason to ask again, a new function to ask with is not
  useEffect(() => {
    if (failure !== undefined) setShelves(withoutRecommender(plans, shop, idsHad(shop, shopState)));
    if (recommender === undefined) return;
    let isCurrent = true;
    const isAsAtFirst = personalization === first.personalization && interests === first.interests;
    const arePopularGood = first.isVisit && round === 0 && !isGuest && isAsAtFirst;
    const isFilled = asked.current;
    asked.current = true;
    const asker = askerFor(recommender);
    const show = (filled: (ShelfContent | undefined)[]) => {
      if (!isCurrent) return;
      if (engine.isLive) withTransition(() => setShelves(filled));
      else setShelves(filled);
    };
    fill({ asker, plans, arePopularGood, isFilled }, show)
      .catch((error: Error) => {
        toasts.showError(strings.failure.shelf(errorText(error)));
        if (isCurrent) setShelves(withoutRecommender(plans, shop, idsHad(shop, shopState)));
      })
      .then(() => setMadeFor(shelfMoment(engine.get())));
    return () => {
      isCurrent = false;
    };
  }, [
    recommender,
    failure,
    shop,
    engine,
    toasts,
    plans,
    round,
    first,
    personalization,
    interests,
    isGuest,
    followedActs,
  ]);

  const refresh = useCallback(() => setRound((count) => count + 1), []);
  const reroll = useCallback(
    async (strategy: Strategy) => {
      if (recommender === undefined) return;
      const index = plans.findIndex((plan) => plan.strategy === strategy);
      const asked = { plan: plans[index]!, reroll: ++rolls.current };
      try {
        const other = await otherCards(askerFor(recommender), asked, { shelves, index });
        withTransition(() => setShelves((now) => now.with(index, other)));
      } catch (error) {
        toasts.showError(strings.failure.reroll(errorText(error)));
      }
    },
    [recommender, plans, shelves, askerFor, toasts],
  );

  return { shelves, isOutdated, refresh, reroll };
}

/** What cards are as old as: the shopper's acts and the network by then. */
function shelfMoment({ acts, status }: EngineState) {
  return { acts, trainedAt: status?.lastTraining?.at };
}

/** Whoever asks for shelves, and how they would have them. */
interface Asker {
  recommender: Recommender;
  catalog: Catalog;
  interests: readonly Interest[];
  taste: Required<Pick<ShelfRequest, "personalization" | "rules">>;
  /** Known to the recommender as well, but for what is on its way to it or not to be recorded. */
  had: readonly string[];
}

interface FillRequest {
  asker: Asker;
  plans: readonly ShelfPlan[];
  /** The shopper may be new: then the popular cards in view stay. */
  arePopularGood: boolean;
  /** There are cards in view already: all shelves change together. */
  isFilled: boolean;
}

/** Shows the first shelves as soon as they are there, then all of them. */
async function fill(
  { asker, plans, arePopularGood, isFilled }: FillRequest,
  show: (shelves: (ShelfContent | undefined)[]) => void,
): Promise<void> {
  if (arePopularGood && !plans.some(({ atFirst }) => atFirst === "skeleton")) {
    const { status } = await asker.recommender.inspect(1);
    if (status.interactions === 0) return;
  }
  const filled: (ShelfContent | undefined)[] = plans.map(() => undefined);
  for (const [index, plan] of plans.entries()) {
    filled[index] = await ask(asker, plan, { exclude: idsOn(filled) });
    if (plan.isFirst && !isFilled) show([...filled]);
  }
  show(filled);
}

interface Reroll {
  plan: ShelfPlan;
  reroll: number;
}

/** None of the cards now on the page, as far as there are enough others. */
async function otherCards(
  asker: Asker,
  { plan, reroll }: Reroll,
  { shelves, index }: { shelves: readonly (ShelfContent | undefined)[]; index: number },
): Promise<ShelfContent> {
  const fresh = await ask(asker, plan, { exclude: idsOn(shelves), reroll });
  const count = shelves[index]?.cards.length ?? 0;
  if (fresh.cards.length >= count / 2) return fresh;
  return ask(asker, plan, { exclude: idsOn(shelves.with(index, undefined)), reroll });
}

async function ask(
  { recommender, catalog, interests, taste, had }: Asker,
  { atFirst: _, isFirst: __, ...request }: ShelfPlan,
  given: Pick<ShelfRequest, "exclude" | "reroll">,
): Promise<ShelfContent> {
  const exclude = [...had, ...(given.exclude ?? [])];
  const shelf = await recommender.recommend({ ...request, ...taste, ...given, exclude });
  const { cards, because } = shelf;
  const lifting = taste.rules.length > 0 ? interests : [];
  return {
    cards: cards.map((card) => ({
      productId: card.productId,
      recommendation: card,
      shelf,
      interest: interestIn(productIn(catalog, card.productId)!, lifting),
    })),
    ...(because === undefined ? {} : { because }),
  };
}

/** What is in the cart or was bought, unless it may be wanted again by now. */
function idsHad({ catalog }: Shop, shopState: ShopStateStore): string[] {
  const { cart, orders } = shopState.get();
  const isOff = (id: string, at: number) => {
    const product = productIn(catalog, id);
    return product !== undefined && !isWantedAgain(product, at, Date.now());
  };
  const bought = orders.flatMap(({ at, lines }) => idsIn(lines).filter((id) => isOff(id, at)));
  return [...new Set([...idsIn(cart), ...bought])];
}

function idsOn(shelves: readonly (ShelfContent | undefined)[]): string[] {
  return shelves.flatMap((shelf) => shelf?.cards.map(({ productId }) => productId) ?? []);
}

/** What the shop itself can say without a recommender, most popular first. */
const AT_FIRST = {
  popular: () => true,
  reduced: ({ listPriceMinor }: Product) => listPriceMinor !== undefined,
  new: ({ addedAt = "" }: Product) => Date.now() - Date.parse(addedAt) < NEW_MS,
};

/** The shop's popular products, dealt out to the shelves that may show them. */
function shelvesAtFirst(
  plans: readonly ShelfPlan[],
  shop: Shop,
  had: readonly string[],
): (ShelfContent | undefined)[] {
  const dealt = new Set(had);
  const firstReason = (product: Product): Reason => ({
    input: shop.isPopular(product) ? "popularity" : "range",
  });
  const [mostPopular] = shop.popular;
  const isAnyPopular = mostPopular !== undefined && shop.isPopular(mostPopular);
  return plans.map(({ atFirst, limit, strategy }) => {
    if (atFirst === "skeleton") return undefined;
    if (atFirst === "nothing" || (strategy === "trending" && !isAnyPopular)) return NO_CARDS;
    const fits = AT_FIRST[atFirst];
    const free = shop.popular.filter((product) => !dealt.has(product.id) && fits(product));
    const chosen = free.slice(0, limit);
    for (const { id } of chosen) dealt.add(id);
    return {
      cards: chosen.map((product) => ({ productId: product.id, reason: firstReason(product) })),
    };
  });
}

function withoutRecommender(
  plans: readonly ShelfPlan[],
  shop: Shop,
  had: readonly string[],
): ShelfContent[] {
  return shelvesAtFirst(plans, shop, had).map((shelf) => shelf ?? NO_CARDS);
}
