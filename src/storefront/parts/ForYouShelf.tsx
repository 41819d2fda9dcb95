import { type ShelfPlan, useShelves } from "../useShelves.ts";
import { Shelf } from "./Shelf.tsx";

const PLANS: ShelfPlan[] = [
  { strategy: "for-you", limit: 12, exploration: 0.05, atFirst: "popular", isFirst: true },
];

/** For pages that would end otherwise: a cart, an order just placed, a list with nothing on it. */
export function ForYouShelf() {
  const { shelves, reroll } = useShelves(PLANS);
  return <Shelf name="for-you" content={shelves[0]} onReroll={() => reroll(0)} />;
}
