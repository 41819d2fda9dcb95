import { FOR_YOU, useShelves } from "../useShelves.ts";
import { Shelf } from "./Shelf.tsx";

const PLANS = [FOR_YOU];

/** For pages that would end otherwise: a cart, an order just placed, a list with nothing on it. */
export function ForYouShelf() {
  const { shelves, reroll } = useShelves(PLANS);
  return <Shelf name="for-you" content={shelves[0]} onReroll={reroll} />;
}
