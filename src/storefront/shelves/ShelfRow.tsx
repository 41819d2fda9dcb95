import { ChevronLeft, ChevronRight, Dices, RefreshCw } from "lucide-react";
import { memo, useCallback, useEffect, useId, useRef, useState } from "react";
import type { Strategy } from "vitrine";
import { type ImpressionWatch, impressionsOf, watchImpressions } from "vitrine/shelf";
import { Link } from "wouter";
import { useRowMemory } from "../behavior/useRowMemory.ts";
import { language, strings } from "../language/strings.ts";
import { Card, CardSkeleton } from "../parts/Card.tsx";
import { useShop } from "../ShopContext.tsx";
import { useStore } from "../state/useStore.ts";
import { cardText } from "./reasonText.ts";
import styles from "./ShelfRow.module.css";
import type { ShopCard, ShopShelf } from "./shelfPlans.ts";

interface ShelfRowProps {
  name: Strategy;
  /** Undefined while the recommender is asked. */
  content: ShopShelf | undefined;
  /** The product that the page is about, if it is about one. */
  productId?: string;
  /** First shelf of the page: its pictures are loaded first. */
  isFirst?: boolean;
  /** Shown between heading and cards. */
  children?: React.ReactNode;
  /** Offered while the cards are older than what the shopper did. */
  onRefresh?: () => void;
  isOutdated?: boolean;
  /** Offered where other cards would do as well. */
  onReroll?: ((name: Strategy) => void) | undefined;
}

const SKELETONS = ["a", "b", "c", "d", "e", "f"].map((key) => (
  <li key={key}>
    <CardSkeleton />
  </li>
));
/** As many as a wide screen shows at once. */
const FIRST_IN_VIEW = 5;

/** A row of cards to scroll sideways. Without cards it takes no room. */
export const ShelfRow = memo(function ShelfRow(props: ShelfRowProps) {
  useStore(language);
  const {
    name,
    content,
    productId,
    isFirst = false,
    children,
    onRefresh,
    isOutdated,
    onReroll,
  } = props;
  const headingId = useId();
  const cards = content?.cards;
  const row = useRef<HTMLUListElement>(null);
  const watch = useImpressions(name, cards);
  const { atStart, atEnd, scroll } = useScrollButtons(row, cards);
  useRowMemory(row, name, cards !== undefined && cards.length > 0);
  if (cards?.length === 0) return null;
  const title = shelfTitle(name, content);
  return (
    <section
      className={isFirst ? styles.shelf : `${styles.shelf} ${styles.later}`}
      aria-labelledby={headingId}
      data-shelf={name}
    >
      <header className={styles.header}>
        <h2 id={headingId}>{title}</h2>
        <Link href={shelfPath(name, productId)} aria-label={strings.shelf.seeAllNamed(title)}>
          {strings.shelf.seeAll}
        </Link>
        {onRefresh && (
          <button
            type="button"
            className={`button button--symbol ${isOutdated ? styles.refresh : styles.fresh}`}
            onClick={onRefresh}
          >
            <RefreshCw aria-hidden="true" size={16} />
            <span>{strings.shelf.refresh}</span>
          </button>
        )}
        <div className={styles.arrows}>
          {onReroll && (
            <button
              type="button"
              className="icon-button"
              aria-label={strings.shelf.rerollNamed(title)}
              title={strings.shelf.reroll}
              disabled={cards === undefined}
              onClick={() => onReroll(name)}
            >
              <Dices aria-hidden="true" size={20} />
            </button>
          )}
          <button
            type="button"
            className="icon-button"
            aria-label={strings.shelf.previous(title)}
            aria-disabled={atStart}
            onClick={() => scroll(-1)}
          >
            <ChevronLeft aria-hidden="true" />
          </button>
          <button
            type="button"
            className="icon-button"
            aria-label={strings.shelf.next(title)}
            aria-disabled={atEnd}
            onClick={() => scroll(1)}
          >
            <ChevronRight aria-hidden="true" />
          </button>
        </div>
      </header>
      {children}
      {cards === undefined && (
        <p className="visually-hidden" role="status">
          {strings.shelf.loading(title)}
        </p>
      )}
      <ul className={styles.row} ref={row}>
        {cards === undefined
          ? SKELETONS
          : cards.map((card, index) => (
              <li key={`${card.shelf?.id} ${card.product.id}`}>
                <Card
                  product={card.product}
                  reason={cardText(card, Date.now())}
                  isFirst={isFirst && index < FIRST_IN_VIEW}
                  watch={watch}
                />
              </li>
            ))}
      </ul>
    </section>
  );
});

/** A shelf's row before it is known what shelf it will be. */
export function RowSkeleton() {
  return <ul className={styles.row}>{SKELETONS}</ul>;
}

/** Names the product the shelf started from; "for you" only where something is known of "you". */
export function shelfTitle(name: Strategy, content: ShopShelf | undefined): string {
  const { names, neutralNames, becauseYouViewed } = strings.shelf;
  const because = content?.because;
  if (name === "because-you-viewed" && because) return becauseYouViewed(because.title);
  const isPersonal = content?.cards.some(({ recommendation }) => recommendation !== undefined);
  return (isPersonal ? undefined : neutralNames[name]) ?? names[name];
}

function shelfPath(name: Strategy, productId: string | undefined): string {
  if (name === "recently-viewed") return "/recent";
  const of = productId === undefined ? "" : `?of=${encodeURIComponent(productId)}`;
  return `/shelf/${name}${of}`;
}

/** Reports to the recommender which cards were seen: shown and passed over is something to learn from. */
function useImpressions(
  name: Strategy,
  cards: readonly ShopCard[] | undefined,
): (card: Element | null) => void {
  const { engine } = useShop();
  const shown = useRef(cards);
  useEffect(() => {
    shown.current = cards;
  }, [cards]);
  const watch = useRef<ImpressionWatch>(undefined);
  const waiting = useRef<Element[]>([]);
  useEffect(() => {
    watch.current = watchImpressions((productIds) => {
      const cards = shown.current ?? [];
      const seen = cards.filter(({ product }) => productIds.includes(product.id));
      return engine.observe(impressionsOf(seen, name));
    });
    for (const card of waiting.current) watch.current.observe(card);
    return () => {
      watch.current?.stop();
      watch.current = undefined;
    };
  }, [engine, name]);
  // Cards are there before the effect runs.
  return useCallback((card) => {
    if (card === null) return;
    if (watch.current) watch.current.observe(card);
    else waiting.current.push(card);
  }, []);
}

function useScrollButtons(row: React.RefObject<HTMLUListElement | null>, content: unknown) {
  const [ends, setEnds] = useState({ atStart: true, atEnd: false });
  // biome-ignore lint/correctness/useExhaustiveDependencies: other content has another width
  useEffect(() => {
    const list = row.current;
    if (list === null) return;
    const measure = () => {
      const { scrollLeft, clientWidth, scrollWidth } = list;
      const from = Math.abs(scrollLeft); // Negative where text runs from right to left.
      const next = { atStart: from <= 1, atEnd: from + clientWidth >= scrollWidth - 1 };
      setEnds((now) => (now.atStart === next.atStart && now.atEnd === next.atEnd ? now : next));
    };
    // It reports once the row was laid out; to ask for its width at once would lay out every shelf.
    const sizes = new ResizeObserver(measure);
    sizes.observe(list);
    list.addEventListener("scroll", measure, { passive: true });
    return () => {
      sizes.disconnect();
      list.removeEventListener("scroll", measure);
    };
  }, [row, content]);

  function scroll(direction: 1 | -1): void {
    const list = row.current;
    if (list === null) return;
    const sign = getComputedStyle(list).direction === "rtl" ? -direction : direction;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    list.scrollBy({ left: sign * list.clientWidth * 0.85, behavior: calm ? "instant" : "smooth" });
  }

  return { ...ends, scroll };
}
