import { type ComponentType, type ReactNode, useEffect, useId, useRef } from "react";
import { watchImpressions } from "../capture/impression.ts";
import type { ShelfCard } from "../widget/fillShelf.ts";
import { knownLocale, money } from "../widget/numberFormat.ts";
import { reasonLine } from "../widget/reasonLine.ts";
import { textsFor } from "../widget/texts.ts";
import { type UseRecommendationsOptions, useRecommendations } from "./useRecommendations.ts";

export interface ItemProps {
  item: ShelfCard;
  /** One line on why it is there. */
  reason: string;
}

export interface RecommendationsProps extends UseRecommendationsOptions {
  /** Default: by strategy. */
  heading?: string;
  itemComponent?: ComponentType<ItemProps>;
  /** Shown when there is nothing to recommend; default nothing. */
  emptyComponent?: ComponentType;
  /** Shown while the cards are awaited; default nothing. */
  loadingComponent?: ComponentType;
  classNames?: Partial<Record<"root" | "heading" | "list" | "item", string>>;
  /** Language and number format; default English texts and the browser's format. */
  locale?: string;
}

/** A shelf without any style of its own. Which cards were seen is told by itself. */
export function Recommendations(props: RecommendationsProps): ReactNode {
  const { heading, itemComponent, emptyComponent, loadingComponent, classNames, ...rest } = props;
  const { locale, ...options } = rest;
  const { items, status, sendEvent } = useRecommendations(options);
  const headingId = useId();
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    const watch = watchImpressions((productIds) => {
      sendEvent({ type: "impression", productIds, shelf: options.strategy });
    });
    if (items.length > 0) for (const card of list.current?.children ?? []) watch.observe(card);
    return () => watch.stop();
  }, [items, sendEvent, options.strategy]);

  const Empty = status === "loading" ? loadingComponent : emptyComponent;
  if (items.length === 0) return Empty === undefined ? null : <Empty />;
  const texts = textsFor(knownLocale(locale));
  const Item = itemComponent ?? DefaultItem;
  return (
    <section className={classNames?.root} aria-labelledby={headingId}>
      <h2 id={headingId} className={classNames?.heading}>
        {heading ?? texts.headings[options.strategy]}
      </h2>
      <ul className={classNames?.list} ref={list}>
        {items.map((item) => (
          <li key={item.product.id} className={classNames?.item} data-product-id={item.product.id}>
            <Item item={item} reason={reasonLine(item, texts)} />
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
      <p>{money(priceMinor, currency, knownLocale())}</p>
      <p>{reason}</p>
    </article>
  );
}
