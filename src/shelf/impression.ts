import type { ShopEventInput } from "../engine/events/shopEvent.ts";
import type { Shelf } from "../engine/ranking/shelf.ts";
import type { Product } from "../engine/shop/catalog.ts";

/** A card counts as seen once half of it has been in view for a second (the IAB's display standard). */
const VISIBLE_SHARE = 0.5;
const VISIBLE_MS = 1000;

/** A card that was seen; `shelf` is undefined if the recommender did not choose it. */
export interface SeenCard {
  product: Pick<Product, "id">;
  shelf?: Shelf | undefined;
}

/**
 * The impression events for cards of a shelf called `name`: one for each of the recommender's answers
 * among them, since a shelf may have been filled up from a second one.
 */
export function impressionsOf(cards: readonly SeenCard[], name: string): ShopEventInput[] {
  const answers = new Map<Shelf | undefined, string[]>();
  for (const { product, shelf } of cards) {
    answers.set(shelf, [...(answers.get(shelf) ?? []), product.id]);
  }
  return [...answers].map(([shelf, ids]) => impressionOf(ids, { name, shelf }));
}

/** The same for products of one answer. */
export function impressionOf(
  productIds: string[],
  { name, shelf }: { name: string; shelf?: Shelf | undefined },
): ShopEventInput {
  if (shelf === undefined) return { type: "impression", productIds, shelf: name };
  const cards = new Map(shelf.cards.map((card) => [card.productId, card]));
  const placements = productIds.map((id) => {
    const { propensity = 1, team } = cards.get(id) ?? {};
    return { propensity, ...(shelf.isInterleaved && team && { team }) };
  });
  return { type: "impression", productIds, shelf: name, shelfId: shelf.id, placements };
}

/**
 * Calls back with the ids of cards (elements with `data-product-id`) as they are seen, each once,
 * several at a time, or at once when clicked. Watch a card with `observe`.
 */
export interface ImpressionWatch {
  observe(card: Element): void;
  stop(): void;
}

export function watchImpressions(onSeen: (productIds: string[]) => void): ImpressionWatch {
  const unseen = new Set<Element>();
  const inView = new Map<Element, number>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        if (isIntersecting) inView.set(target, performance.now());
        else inView.delete(target);
      }
      schedule();
    },
    { threshold: VISIBLE_SHARE },
  );

  /** Fires once all cards in view were seen for a second, so that they are reported together. */
  function schedule(): void {
    clearTimeout(timer);
    if (inView.size > 0) timer = setTimeout(report, VISIBLE_MS);
  }

  function report(): void {
    const seen = [...inView].filter(([, since]) => performance.now() - since >= VISIBLE_MS - 1);
    emit(seen.map(([card]) => card));
    schedule();
  }

  function emit(seen: Element[]): void {
    const cards = seen.filter((card) => unseen.delete(card));
    for (const card of cards) {
      observer.unobserve(card);
      inView.delete(card);
    }
    const ids = cards.map((card) => card.getAttribute("data-product-id"));
    if (ids.length > 0) onSeen(ids.filter((id) => id !== null));
  }

  return {
    observe(card) {
      unseen.add(card);
      observer.observe(card);
      card.addEventListener("click", () => emit([card]));
    },
    stop() {
      clearTimeout(timer);
      observer.disconnect();
    },
  };
}
