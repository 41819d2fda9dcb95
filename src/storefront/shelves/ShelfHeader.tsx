import { ChevronLeft, ChevronRight, Dices, RefreshCw } from "lucide-react";
import type { Strategy } from "vitrine";
import { Link } from "wouter";
import { strings } from "../language/strings.ts";
import styles from "./ShelfRow.module.css";
import type { ShopShelf } from "./shelfPlans.ts";
import { useScrollButtons } from "./useScrollButtons.ts";

interface ShelfHeaderProps {
  name: Strategy;
  content: ShopShelf | undefined;
  productId?: string;
  title: string;
  headingId: string;
  /** The list that the arrows scroll. */
  row: React.RefObject<HTMLUListElement | null>;
  onRefresh?: () => void;
  isOutdated?: boolean;
  onReroll?: ((name: Strategy) => void) | undefined;
}

/** The heading of a shelf, with links and buttons for all of its cards. */
export function ShelfHeader(props: ShelfHeaderProps) {
  const { name, content, productId, title, headingId, row } = props;
  const { onRefresh, isOutdated, onReroll } = props;
  return (
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
            disabled={content === undefined}
            onClick={() => onReroll(name)}
          >
            <Dices aria-hidden="true" size={20} />
          </button>
        )}
        <ScrollButtons row={row} content={content?.cards} title={title} />
      </div>
    </header>
  );
}

interface ScrollButtonsProps {
  row: React.RefObject<HTMLUListElement | null>;
  /** Changes whenever the width of the row's content may change. */
  content: unknown;
  title: string;
}

function ScrollButtons({ row, content, title }: ScrollButtonsProps) {
  const { atStart, atEnd, scroll } = useScrollButtons(row, content);
  return (
    <>
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
    </>
  );
}

function shelfPath(name: Strategy, productId: string | undefined): string {
  if (name === "recently-viewed") return "/recent";
  const of = productId === undefined ? "" : `?of=${encodeURIComponent(productId)}`;
  return `/shelf/${name}${of}`;
}
