import { useState } from "react";
import type { Product, ShelfCard } from "vitrine";
import { Picture } from "../parts/Picture.tsx";
import { useProductOf } from "../ShopContext.tsx";
import styles from "./CardChoice.module.css";
import { ShelfChange } from "./ShelfChange.tsx";
import { glassTexts } from "./texts.ts";
import { useForYou } from "./useForYou.ts";

/** Lets the visitor pick one of the cards chosen for them, and renders `children` for it. */
export function CardChoice({
  children,
}: {
  children: (card: ShelfCard, product: Product) => React.ReactNode;
}) {
  const productOf = useProductOf();
  const cards = useForYou();
  const [chosen, setChosen] = useState<string>();
  const { choose, none } = glassTexts().why;
  const card = cards?.find(({ productId }) => productId === chosen) ?? cards?.[0];
  const product = card && productOf(card.productId);
  if (!card || !product) return <p role="status">{none}</p>;
  return (
    <>
      <fieldset className={styles.cards}>
        <legend>{choose}</legend>
        {cards?.map(({ productId }) => {
          const option = productOf(productId);
          return (
            option && (
              <label key={productId} className={styles.card} title={option.title}>
                <input
                  type="radio"
                  name="card"
                  className="visually-hidden"
                  checked={productId === card.productId}
                  onChange={() => setChosen(productId)}
                />
                <Picture product={option} alt={option.title} />
              </label>
            )
          );
        })}
      </fieldset>
      <ShelfChange cards={cards ?? []} />
      {children(card, product)}
    </>
  );
}
