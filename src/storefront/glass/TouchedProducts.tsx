import { useState } from "react";
import type { StoredEvent } from "vitrine";
import { productIdsOf } from "vitrine/inspect";
import { Link } from "wouter";
import { useEngine, useProductOf } from "../ShopContext.tsx";
import glass from "./GlassRoom.module.css";
import { PartActions } from "./PartActions.tsx";
import styles from "./Timeline.module.css";
import { glassTexts } from "./texts.ts";

const SHOWN_AT_FIRST = 8;

/** Every product the shopper interacted with, most events first; each can be muted or deleted. */
export function TouchedProducts({ events }: { events: readonly StoredEvent[] }) {
  const { status } = useEngine();
  const productOf = useProductOf();
  const [isWhole, setIsWhole] = useState(false);
  const { products: texts } = glassTexts();
  const counts = actsByProduct(events);
  if (counts.length === 0) return null;
  const shown = isWhole ? counts : counts.slice(0, SHOWN_AT_FIRST);
  return (
    <section className={glass.section} aria-labelledby="products">
      <h2 id="products">{texts.title}</h2>
      <ul className={styles.rows}>
        {shown.map(([productId, count]) => {
          const name = productOf(productId)?.title ?? productId;
          const isMuted = status?.muted.products.includes(productId) ?? false;
          return (
            <li key={productId} data-product-id={productId} className={isMuted ? styles.muted : ""}>
              <span className="soft">{texts.acts(count)}</span>
              <Link href={`/product/${encodeURIComponent(productId)}`}>{name}</Link>
              <PartActions selection={{ productId }} name={name} isMuted={isMuted} />
            </li>
          );
        })}
      </ul>
      {shown.length < counts.length && (
        <button type="button" className="button" onClick={() => setIsWhole(true)}>
          {texts.all(counts.length)}
        </button>
      )}
    </section>
  );
}

/** The number of events of each product, most first; impressions are not interactions. */
function actsByProduct(events: readonly StoredEvent[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const event of events) {
    if (event.type === "impression") continue;
    for (const id of productIdsOf(event)) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return [...counts].sort(([, left], [, right]) => right - left);
}
