import { Dices, RefreshCw } from "lucide-react";
import { useMemo } from "react";
import { STRATEGIES, type Strategy } from "vitrine";
import { useSearch } from "wouter";
import { strings } from "../language/strings.ts";
import { Card, CardSkeleton } from "../parts/Card.tsx";
import { EmptyNotice } from "../parts/EmptyNotice.tsx";
import grid from "../parts/ProductGrid.module.css";
import { cardText } from "../shelves/reasonText.ts";
import { shelfTitle } from "../shelves/ShelfRow.tsx";
import { type PlannedShelf, REROLLED } from "../shelves/shelfPlans.ts";
import { useShelves } from "../shelves/useShelves.ts";
import { NotFound } from "./NotFound.tsx";
import styles from "./ShelfPage.module.css";

/** What a first visit shows on a shelf that the shop itself can fill. */
const AT_FIRST: Partial<Record<Strategy, PlannedShelf["atFirst"]>> = {
  "for-you": "popular",
  trending: "popular",
  "on-sale": "reduced",
  new: "new",
};
const MAX = 60;
const SKELETONS = ["a", "b", "c", "d", "e", "f", "g", "h"];

/** All of one shelf, as a page: `/shelf/on-sale`, `/shelf/related?of=PRODUCT`. */
export function ShelfPage({ strategy }: { strategy: string }) {
  const productId = new URLSearchParams(useSearch()).get("of") ?? undefined;
  const known = STRATEGIES.find((name) => name === strategy);
  if (known === undefined) return <NotFound text={strings.shelf.noSuch} />;
  return <KnownShelf key={`${strategy} ${productId}`} strategy={known} productId={productId} />;
}

function KnownShelf({
  strategy,
  productId,
}: {
  strategy: Strategy;
  productId?: string | undefined;
}) {
  const plans = useMemo<PlannedShelf[]>(() => {
    const atFirst = AT_FIRST[strategy] ?? "skeleton";
    return [{ strategy, limit: MAX, atFirst, ...(productId === undefined ? {} : { productId }) }];
  }, [strategy, productId]);
  const { shelves, isOutdated, refresh, reroll } = useShelves(plans);
  const [content] = shelves;
  const title = shelfTitle(strategy, content);
  if (content?.cards.length === 0) return <EmptyNotice title={title} {...strings.shelf.empty} />;
  return (
    <>
      <title>{strings.pageTitle(title)}</title>
      <header className={styles.header}>
        <h1>{title}</h1>
        {isOutdated && (
          <button type="button" className="button" onClick={refresh}>
            <RefreshCw aria-hidden="true" size={16} />
            {strings.shelf.refresh}
          </button>
        )}
        {REROLLED.has(strategy) && (
          <button type="button" className="button" onClick={() => reroll(strategy)}>
            <Dices aria-hidden="true" size={16} />
            {strings.shelf.reroll}
          </button>
        )}
      </header>
      {/* Cards have third-level headings, and no level may be skipped. */}
      <h2 className="visually-hidden">{strings.browse.results}</h2>
      <ul className={grid.grid} data-shelf={strategy} aria-label={title}>
        {content === undefined
          ? SKELETONS.map((key) => (
              <li key={key}>
                <CardSkeleton />
              </li>
            ))
          : content.cards.map((card, index) => (
              <li key={card.product.id}>
                <Card
                  product={card.product}
                  reason={cardText(card, Date.now())}
                  isFirst={index < 4}
                />
              </li>
            ))}
      </ul>
    </>
  );
}
