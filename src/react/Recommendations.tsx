import { type ComponentType, type ReactNode, useEffect, useId, useMemo, useRef } from "react";
import type { PlacedCard } from "../shelf/fillShelf.ts";
import { type Ga4Payload, ga4Payload } from "../shelf/ga4Payload.ts";
import { impressionsOf, watchImpressions } from "../shelf/impression.ts";
import { formatMoney, knownLocale } from "../shelf/numberFormat.ts";
import { reasonLine } from "../shelf/reasonLine.ts";
import { textsFor } from "../shelf/texts.ts";
import { type UseRecommendationsOptions, useShelf } from "./useShelf.ts";

export interface ItemProps {
  item: PlacedCard;
  /** One line with the reason for the card. */
  reason: string;
}

/** The products that were seen or chosen, also in the format of GA4's `dataLayer.push`. */
export interface ShownDetail {
  items: readonly PlacedCard[];
  ga4: Ga4Payload;
}

export interface RecommendationsProps extends UseRecommendationsOptions {
  /** Depends on the strategy by default. */
  heading?: string;
  itemComponent?: ComponentType<ItemProps>;
  /** Chooses which cards are shown, and in which order. */
  transformItems?: (items: readonly PlacedCard[]) => readonly PlacedCard[];
  /** Shown when there is nothing to recommend; default nothing. */
  emptyComponent?: ComponentType;
  /** Shown while the cards are awaited; default nothing. */
  loadingComponent?: ComponentType;
  classNames?: Partial<Record<"root" | "heading" | "list" | "item", string>>;
  /** Language and number format; default English texts and the browser's format. */
  locale?: string;
  /** Called when cards were seen: half of each, for a second. */
  onImpression?: (detail: ShownDetail) => void;
  /** Called when a link or button of a card was chosen. */
  onSelect?: (detail: ShownDetail) => void;
}

/** A shelf without any style of its own, which reports the cards that were seen. */
export function Recommendations(props: RecommendationsProps): ReactNode {
  const { itemComponent, emptyComponent, loadingComponent, classNames, ...others } = props;
  const { heading: ownHeading, locale, transformItems, onImpression, onSelect, ...rest } = others;
  const { items: chosen, status, sendEvent } = useShelf(rest);
  const items = useMemo(() => transformItems?.(chosen) ?? chosen, [transformItems, chosen]);
  const texts = textsFor(knownLocale(locale));
  const heading = ownHeading ?? texts.headings[rest.strategy];
  const headingId = useId();
  const list = useRef<HTMLUListElement>(null);

  function emit(event: Ga4Payload["event"], seen: readonly PlacedCard[]): ShownDetail {
    const products = (some: readonly PlacedCard[]) => some.map(({ product }) => product);
    const shown = { strategy: rest.strategy, heading, products: products(items) };
    return { items: seen, ga4: ga4Payload(event, shown, products(seen)) };
  }
  function onSeen(productIds: string[]): void {
    const seen = items.filter(({ product }) => productIds.includes(product.id));
    void sendEvent(impressionsOf(seen, rest.strategy));
    onImpression?.(emit("view_item_list", seen));
  }
  const latest = useRef(onSeen);
  useEffect(() => {
    latest.current = onSeen;
  });
  useEffect(() => {
    const watch = watchImpressions((productIds) => latest.current(productIds));
    if (items.length > 0) for (const card of list.current?.children ?? []) watch.observe(card);
    return () => watch.stop();
  }, [items]);

  const Empty = status === "loading" ? loadingComponent : emptyComponent;
  if (items.length === 0) return Empty === undefined ? null : <Empty />;
  const Item = itemComponent ?? DefaultItem;
  return (
    <section className={classNames?.root} aria-labelledby={headingId}>
      <h2 id={headingId} className={classNames?.heading}>
        {heading}
      </h2>
      <ul className={classNames?.list} ref={list}>
        {items.map((item) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: keys on links and buttons in it also fire clicks
          <li
            key={item.product.id}
            className={classNames?.item}
            data-product-id={item.product.id}
            onClick={({ target }) => {
              const isChosen = target instanceof Element && target.closest("a, button") !== null;
              if (isChosen) onSelect?.(emit("select_item", [item]));
            }}
          >
            <Item item={item} reason={reasonLine(item, texts.reason)} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function DefaultItem({ item: { product }, reason }: ItemProps): ReactNode {
  const { url, title, image, priceMinor, currency } = product;
  return (
    <article>
      {image && <img src={image.src} alt="" loading="lazy" />}
      <h3>{url === undefined ? title : <a href={url}>{title}</a>}</h3>
      <p>{formatMoney(priceMinor, currency, knownLocale())}</p>
      <p>{reason}</p>
    </article>
  );
}
