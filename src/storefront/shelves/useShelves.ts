import { useCallback, useEffect, useRef, useState } from "react";
import type { Recommender, Strategy } from "vitrine";
import type { ShelfContent } from "vitrine/shelf";
import { withTransition } from "../behavior/transition.ts";
import { errorText } from "../language/messageText.ts";
import { strings } from "../language/strings.ts";
import { useEnginePart, useInterests, usePersonalization, useShop } from "../ShopContext.tsx";
import { productIn } from "../shop/shop.ts";
import type { EngineState } from "../state/engine.ts";
import { interestIn, interestRules } from "../state/interests.ts";
import { type FilledPage, fillPage, type PageFilling } from "./fillPage.ts";
import type { PlannedShelf, ShopShelf } from "./shelfPlans.ts";
import { idsHad, shelvesAtFirst, shelvesWithoutRecommender } from "./shelvesAtFirst.ts";

export interface PageShelvesInUse {
  /** One per plan; undefined until it is filled. */
  shelves: (ShopShelf | undefined)[];
  /** Whether the shopper did something, or a training ended, since the cards were chosen. */
  isOutdated: boolean;
  refresh(): void;
  /** Puts other good cards on a shelf. The same function on every render. */
  reroll(strategy: Strategy): void;
}

/**
 * The shelves of one page. Plans are served in order, and no product is on two of them. The
 * cards stay as they are while the page is shown: a shelf that changes while somebody reads it is worse
 * than one that is a click old. They are fresh on the next page, or when the shopper asks (`refresh`,
 * `reroll`, or the slider between personal and neutral).
 *
 * A first visit gets popular cards immediately and keeps them; a returning shopper's page waits for
 * personal cards. `plans` must be the same array on every render.
 */
export function useShelves(plans: readonly PlannedShelf[]): PageShelvesInUse {
  const { shop, engine, shopState } = useShop();
  const recommender = useEnginePart((state) => state.recommender);
  const failure = useEnginePart((state) => state.failure);
  const isGuest = useEnginePart(({ status }) => status?.recording.because === "guest");
  const followedActs = useEnginePart(({ acts }) => (engine.isLive ? acts : 0));
  const wishes = useWishes();
  const { personalization, interests } = wishes;
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
  const { isOutdated, markMade } = useOutdated();
  const page = usePage({ plans, wishes, setShelves, markMade });

  // biome-ignore lint/correctness/useExhaustiveDependencies: asks again after an act that it follows, but not because `page` is a new object
  useEffect(() => {
    if (failure !== undefined) page.showWithoutRecommender();
    if (recommender === undefined) return;
    const isAsAtFirst = personalization === first.personalization && interests === first.interests;
    const isNew = first.isVisit && round === 0 && !isGuest && isAsAtFirst;
    return page.fill(recommender, isNew ? shelves : undefined);
  }, [
    recommender,
    failure,
    shop,
    engine,
    plans,
    round,
    first,
    personalization,
    interests,
    isGuest,
    followedActs,
  ]);

  const refresh = useCallback(() => setRound((count) => count + 1), []);
  return { shelves, isOutdated, refresh, reroll: page.reroll };
}

interface PageInUse {
  plans: readonly PlannedShelf[];
  wishes: ReturnType<typeof useWishes>;
  setShelves(shelves: (ShopShelf | undefined)[]): void;
  markMade(): void;
}

/** Fills the page's shelves, with popular cards where the recommender fails. */
function usePage({ plans, wishes, setShelves, markMade }: PageInUse) {
  const { shop, engine, shopState, toasts } = useShop();
  const page = useRef<FilledPage>(undefined);
  const hasAsked = useRef(false);
  const rolls = useRef(0);

  function showWithoutRecommender(): ShopShelf[] {
    const shelves = shelvesWithoutRecommender(plans, shop, idsHad(shop, shopState));
    setShelves(shelves);
    return shelves;
  }

  function fillingBy({ recommend }: Recommender): PageFilling {
    const filling: PageFilling = {
      source: {
        recommend,
        products: async (ids) => ids.map((id) => productIn(shop.catalog, id)),
      },
      plans,
      wishes: wishes.wishes,
      cardsOf: wishes.cardsOf,
      isInView: hasAsked.current,
      show(filled, why) {
        if (engine.isLive || why === "rerolled") withTransition(() => setShelves(filled));
        else setShelves(filled);
        if (why === "filled") markMade();
      },
      fail(error, why) {
        const { shelf, reroll } = strings.failure;
        toasts.showError((why === "filled" ? shelf : reroll)(errorText(error)));
        if (why === "rerolled") return;
        page.current?.leave();
        page.current = fillPage({ ...filling, kept: showWithoutRecommender() });
      },
    };
    return filling;
  }

  /** Cards `inView` stay if the shopper has done nothing yet. Returns how to stop. */
  function fill(recommender: Recommender, inView?: PageCards): () => void {
    const filling = fillingBy(recommender);
    hasAsked.current = true;
    const cancel = whenKept(recommender, inView, {
      fill(kept) {
        page.current = fillPage({ ...filling, kept });
        if (kept !== undefined) markMade();
      },
      fail: (error) => filling.fail(error, "filled"),
    });
    return () => {
      cancel();
      page.current?.leave();
    };
  }

  const reroll = useCallback((strategy: Strategy) => {
    page.current?.reroll(strategy, ++rolls.current);
  }, []);
  return { fill, showWithoutRecommender, reroll };
}

type PageCards = readonly (ShopShelf | undefined)[];

interface KeptCallbacks {
  /** @param kept undefined if the shelves are to be filled by the recommender */
  fill(kept: PageCards | undefined): void;
  fail(error: Error): void;
}

/** Calls back with the cards to keep, unless it is canceled before that. Returns how to cancel. */
function whenKept(
  recommender: Recommender,
  inView: PageCards | undefined,
  { fill, fail }: KeptCallbacks,
): () => void {
  let isCurrent = true;
  keptCards(recommender, inView).then(
    (kept) => isCurrent && fill(kept),
    (error: Error) => isCurrent && fail(error),
  );
  return () => {
    isCurrent = false;
  };
}

/** The cards in view, which are popular ones, if the shopper has done nothing yet. */
async function keptCards(
  recommender: Recommender,
  inView: PageCards | undefined,
): Promise<PageCards | undefined> {
  if (inView === undefined || inView.includes(undefined)) return undefined;
  const { status } = await recommender.inspect(1);
  return status.interactions === 0 ? inView : undefined;
}

/** What the shopper has chosen for all shelves, and how cards show it. */
function useWishes() {
  const { shop, engine, shopState } = useShop();
  const personalization = usePersonalization();
  const interests = useInterests();
  const rules = () => {
    const interactions = engine.get().status?.interactions ?? 0;
    return interestRules(interests, { interactions, personalization });
  };
  return {
    personalization,
    interests,
    wishes: () => ({ personalization, rules: rules(), exclude: idsHad(shop, shopState) }),
    cardsOf({ cards, because }: ShelfContent): ShopShelf {
      const lifting = rules().length > 0 ? interests : [];
      return {
        because,
        cards: cards.map((card) => ({ ...card, interest: interestIn(card.product, lifting) })),
      };
    },
  };
}

/** Whether the shopper did something, or a training ended, since the cards were chosen. */
function useOutdated() {
  const { engine } = useShop();
  const [madeFor, setMadeFor] = useState(() => ageOf(engine.get()));
  const isOutdated = useEnginePart((state) => {
    const { acts, trainedAt } = ageOf(state);
    const isAsMade = acts === madeFor.acts && trainedAt === madeFor.trainedAt;
    return !isAsMade && state.recommender !== undefined;
  });
  const markMade = useCallback(() => setMadeFor(ageOf(engine.get())), [engine]);
  return { isOutdated, markMade };
}

/** What the age of cards is measured by: the number of acts and the time of the last training. */
function ageOf({ acts, status }: EngineState) {
  return { acts, trainedAt: status?.lastTraining?.at };
}
