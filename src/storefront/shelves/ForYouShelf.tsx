import { ShelfRow } from "./ShelfRow.tsx";
import { FOR_YOU } from "./shelfPlans.ts";
import { useShelves } from "./useShelves.ts";

const PLANS = [FOR_YOU];

/** For pages that would end otherwise: a cart, an order just placed, a list with nothing on it. */
export function ForYouShelf() {
  const { shelves, reroll } = useShelves(PLANS);
  return <ShelfRow name="for-you" content={shelves[0]} onReroll={reroll} />;
}
