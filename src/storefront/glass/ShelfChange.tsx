import { useState } from "react";
import type { ShelfCard } from "vitrine";
import { useProductOf } from "../ShopContext.tsx";
import { glassTexts } from "./texts.ts";

/** Which cards have been added and removed since this page was opened. */
export function ShelfChange({ cards }: { cards: readonly ShelfCard[] }) {
  const productOf = useProductOf();
  const now = cards.map(({ productId }) => productId);
  const [first] = useState(now);
  const { change: texts } = glassTexts();
  const titles = (ids: string[]) => ids.map((id) => productOf(id)?.title ?? id).join(", ");
  const come = now.filter((id) => !first.includes(id));
  const gone = first.filter((id) => !now.includes(id));
  const moved = now.filter((id, place) => first.includes(id) && first[place] !== id);
  if (come.length + gone.length + moved.length === 0) return null;
  return (
    <div className="notice" role="status" data-shelf-change={come.length + gone.length}>
      <p>{texts.title}</p>
      {come.length > 0 && <p>{texts.come(titles(come))}</p>}
      {gone.length > 0 && <p>{texts.gone(titles(gone))}</p>}
      {moved.length > 0 && <p>{texts.moved(moved.length)}</p>}
    </div>
  );
}
