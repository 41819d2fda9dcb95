import { fillShelf, type ShelfContent, type ShelfPlan, type ShelfSource } from "./fillShelf.ts";

/** A place on the page that shows cards. */
export interface ShelfPlace {
  /** Its position in the document; places without an element come last, in the order they joined. */
  element?: Element;
  /** Ids of cards that it shows from the start; such a place is filled only when it is refreshed. */
  shown?: readonly string[] | undefined;
  plan(): ShelfPlan;
  show(content: ShelfContent): void | Promise<void>;
  fail(error: Error): void;
}

export interface ShelfQueue {
  /** Fills the place soon. Returns how to leave. */
  join(place: ShelfPlace): () => void;
  /** Fills the place again, or all of them. */
  refresh(place?: ShelfPlace): void;
}

/**
 * Fills the shelves of a page in document order, one after the other, so that no two show the same
 * product.
 */
export function createShelfQueue(source: Promise<ShelfSource>): ShelfQueue {
  const shownBy = new Map<ShelfPlace, readonly string[]>();
  const waiting = new Set<ShelfPlace>();
  let isFilling = false;

  async function fillAll(): Promise<void> {
    if (isFilling) return;
    isFilling = true;
    await source.catch(() => undefined); // Each place gets the error.
    while (waiting.size > 0) {
      const [place] = [...waiting].sort(inDocumentOrder);
      waiting.delete(place!);
      await fill(place!);
    }
    isFilling = false;
  }

  async function fill(place: ShelfPlace): Promise<void> {
    try {
      const content = await fillShelf(await source, place.plan(), takenFrom(place));
      if (!shownBy.has(place)) return; // It left.
      shownBy.set(
        place,
        content.cards.map(({ product }) => product.id),
      );
      await place.show(content);
    } catch (error) {
      if (shownBy.has(place)) place.fail(error as Error);
    }
  }

  /** The product ids that the other places show. */
  function takenFrom(place: ShelfPlace): string[] {
    return [...shownBy].flatMap(([other, ids]) => (other === place ? [] : ids));
  }

  function refresh(place: ShelfPlace): void {
    waiting.add(place);
    queueMicrotask(fillAll); // All places that join synchronously are in the queue then.
  }

  return {
    join(place) {
      shownBy.set(place, place.shown ?? []);
      if (place.shown === undefined) refresh(place);
      return () => {
        shownBy.delete(place);
        waiting.delete(place);
      };
    },
    refresh(place) {
      for (const one of place === undefined ? [...shownBy.keys()] : [place]) {
        if (place === undefined) shownBy.set(one, []);
        refresh(one);
      }
    },
  };
}

function inDocumentOrder(left: ShelfPlace, right: ShelfPlace): number {
  if (left.element === undefined || right.element === undefined) {
    return Number(left.element === undefined) - Number(right.element === undefined);
  }
  const follows = left.element.compareDocumentPosition(right.element) & 4; // DOCUMENT_POSITION_FOLLOWING
  return follows ? -1 : 1;
}
