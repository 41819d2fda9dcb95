import { ShelfRow } from "./ShelfRow.tsx";
import { FOR_YOU } from "./shelfPlans.ts";
import { useShelves } from "./useShelves.ts";

const PLANS = [FOR_YOU];

/** The end of pages that offer nothing further: a cart, a placed order, an empty list. */
export function ForYouShelf() {
  const { shelves, reroll } = useShelves(PLANS);
  return <ShelfRow name="for-you" content={shelves[0]} onReroll={reroll} />;
}
