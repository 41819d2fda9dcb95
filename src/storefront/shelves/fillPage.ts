import type { Product, ShelfRequest, Strategy } from "vitrine";
import {
  createShelfQueue,
  type ShelfContent,
  type ShelfPlace,
  type ShelfSource,
} from "vitrine/shelf";
import type { PlannedShelf, ShopShelf } from "./shelfPlans.ts";

export interface PageFilling {
  source: ShelfSource;
  plans: readonly PlannedShelf[];
  /** What applies to all shelves at the moment. */
  wishes(): Pick<ShelfRequest, "personalization" | "rules" | "exclude">;
  /** A shelf's cards as the shop shows them. */
  cardsOf(content: ShelfContent): ShopShelf;
  /** Cards in view that stay, instead of cards from the recommender. */
  kept?: readonly (ShopShelf | undefined)[] | undefined;
  /** Whether cards are in view already, so that the shelves should change together. */
  isInView: boolean;
  show(shelves: (ShopShelf | undefined)[], why: "filled" | "rerolled"): void;
  fail(error: Error, why: "filled" | "rerolled"): void;
}

/** The shelves of a page that is being shown. */
export interface FilledPage {
  /** Puts other good cards on a shelf, the same ones for the same `roll`. */
  reroll(strategy: Strategy, roll: number): void;
  leave(): void;
}

interface PlannedPlace extends ShelfPlace {
  readonly strategy: Strategy;
  /** 0: the best cards. */
  roll: number;
}

/** Fills a page's shelves in the order of its plans, and shows the first ones as soon as possible. */
export function fillPage({ source, plans, kept, isInView, ...page }: PageFilling): FilledPage {
  const queue = createShelfQueue(Promise.resolve(source));
  const shelves: (ShopShelf | undefined)[] = plans.map((_, index) => kept?.[index]);
  const places = plans.map((plan, index) => placeOf(plan, index));
  const leaves = places.map((place) => queue.join(place));

  function placeOf({ atFirst: _, isFirst, ...request }: PlannedShelf, index: number): PlannedPlace {
    const why = (place: PlannedPlace) => (place.roll === 0 ? "filled" : "rerolled");
    const place: PlannedPlace = {
      strategy: request.strategy,
      roll: 0,
      shown: kept && idsOn(kept[index]),
      plan: () => ({
        request: { ...request, ...page.wishes(), reroll: place.roll },
        minScore: 0,
        fallback: "none",
        replaced: place.roll === 0 ? [] : idsOn(shelves[index]),
      }),
      show(content) {
        shelves[index] = page.cardsOf(content);
        const isComplete = shelves.every((shelf) => shelf !== undefined);
        if (isComplete || (isFirst && !isInView)) page.show([...shelves], why(place));
      },
      fail: (error) => page.fail(error, why(place)),
    };
    return place;
  }

  return {
    reroll(strategy, roll) {
      const place = places.find((one) => one.strategy === strategy);
      if (place === undefined) return;
      place.roll = roll;
      queue.refresh(place);
    },
    leave() {
      for (const leave of leaves) leave();
    },
  };
}

function idsOn(shelf: ShopShelf | undefined): string[] {
  return shelf?.cards.map(({ product }: { product: Product }) => product.id) ?? [];
}
