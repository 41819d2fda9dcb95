import { memo, useId, useRef } from "react";
import type { Strategy } from "vitrine";
import { useRowMemory } from "../behavior/useRowMemory.ts";
import { language, strings } from "../language/strings.ts";
import { Card, CardSkeleton } from "../parts/Card.tsx";
import { useStore } from "../state/useStore.ts";
import { cardText } from "./reasonText.ts";
import { ShelfHeader } from "./ShelfHeader.tsx";
import styles from "./ShelfRow.module.css";
import type { ShopShelf } from "./shelfPlans.ts";
import { useImpressions } from "./useImpressions.ts";

interface ShelfRowProps {
  name: Strategy;
  /** Undefined until the recommender has answered. */
  content: ShopShelf | undefined;
  /** The product that the page is about, if it is about one. */
  productId?: string;
  /** First shelf of the page, whose pictures are loaded first. */
  isFirst?: boolean;
  /** Shown between heading and cards. */
  children?: React.ReactNode;
  /** Offers fresh cards; more visibly while these are outdated (`isOutdated`). */
  onRefresh?: () => void;
  isOutdated?: boolean;
  /** Offers other good cards. */
  onReroll?: ((name: Strategy) => void) | undefined;
}

const SKELETONS = ["a", "b", "c", "d", "e", "f"].map((key) => (
  <li key={key}>
    <CardSkeleton />
  </li>
));
/** The number of cards that a wide screen shows at once. */
const FIRST_IN_VIEW = 5;

/** A row of cards that scrolls sideways. Without cards it takes no space. */
export const ShelfRow = memo(function ShelfRow(props: ShelfRowProps) {
  useStore(language);
  const { name, content, isFirst = false, children } = props;
  const headingId = useId();
  const cards = content?.cards;
  const row = useRef<HTMLUListElement>(null);
  const watch = useImpressions(name, cards);
  useRowMemory(row, name, cards !== undefined && cards.length > 0);
  if (cards?.length === 0) return null;
  const title = shelfTitle(name, content);
  return (
    <section
      className={isFirst ? styles.shelf : `${styles.shelf} ${styles.later}`}
      aria-labelledby={headingId}
      data-shelf={name}
    >
      <ShelfHeader {...props} row={row} headingId={headingId} title={title} />
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

/** The row of a shelf whose strategy is not known yet. */
export function RowSkeleton() {
  return <ul className={styles.row}>{SKELETONS}</ul>;
}

/** Names the product that the shelf is based on; a personal title only where a card is personal. */
export function shelfTitle(name: Strategy, content: ShopShelf | undefined): string {
  const { names, neutralNames, becauseYouViewed } = strings.shelf;
  const because = content?.because;
  if (name === "because-you-viewed" && because) return becauseYouViewed(because.title);
  const isPersonal = content?.cards.some(({ recommendation }) => recommendation !== undefined);
  return (isPersonal ? undefined : neutralNames[name]) ?? names[name];
}
