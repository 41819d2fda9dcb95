import { createHistory } from "../../engine/events/foldHistory.ts";
import type { ShopperHistory } from "../../engine/events/history.ts";
import { type ShopperContext, shopperContextOf } from "../../engine/ranking/shopperContext.ts";
import type { Catalog } from "../../engine/shop/catalog.ts";
import type { ItemPack } from "../../engine/shop/itemPack.ts";
import { eventOf } from "../logs/logRow.ts";
import type { LogVisit } from "./trial.ts";

/** The engine's knowledge of a shop. */
export interface Shop {
  catalog: Catalog;
  pack: ItemPack;
  popularRows: Uint32Array;
}

/** A context with the whole history behind it. */
export type ReplayedContext = ShopperContext & { history: ShopperHistory };

/**
 * The engine's view of a visit: its context after the first `step` rows. Steps must not decrease; each
 * row is folded in once.
 */
export function replaySession(
  { catalog, pack }: Shop,
  visit: LogVisit,
): (step: number) => ReplayedContext {
  const history = createHistory(catalog);
  for (const row of visit.history) history.apply(eventOf(row));
  let folded = 0;
  return (step) => {
    while (folded < step) history.apply(eventOf(visit.session[folded++]!));
    const at = (visit.session[step - 1] ?? visit.session[0]!).at;
    return { ...shopperContextOf(history, { catalog, pack, at }), history };
  };
}
