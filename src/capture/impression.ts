/** A card counts as seen once half of it has been in view for a second (the IAB's display standard). */
const VISIBLE_SHARE = 0.5;
const VISIBLE_MS = 1000;

/**
 * Calls back with the ids of cards (elements with `data-product-id`) as they are seen, each once,
 * several at a time. Watch a card with `observe`.
 */
export interface ImpressionWatch {
  observe(card: Element): void;
  stop(): void;
}

export function watchImpressions(onSeen: (productIds: string[]) => void): ImpressionWatch {
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

  /** Wakes once all cards now in view have had their second, so that they are reported together. */
  function schedule(): void {
    clearTimeout(timer);
    if (inView.size > 0) timer = setTimeout(report, VISIBLE_MS);
  }

  function report(): void {
    const seen = [...inView].filter(([, since]) => performance.now() - since >= VISIBLE_MS - 1);
    for (const [card] of seen) {
      observer.unobserve(card);
      inView.delete(card);
    }
    const ids = seen.map(([card]) => card.getAttribute("data-product-id"));
    if (ids.length > 0) onSeen(ids.filter((id) => id !== null));
    schedule();
  }

  return {
    observe: (card) => observer.observe(card),
    stop() {
      clearTimeout(timer);
      observer.disconnect();
    },
  };
}
