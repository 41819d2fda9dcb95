import type { Catalog } from "../../src/engine/catalog.ts";
import { createHistory } from "../../src/engine/createHistory.ts";
import type { ItemPack } from "../../src/engine/itemPack.ts";
import { type Moment, momentOf } from "../../src/engine/moment.ts";
import { eventOf } from "../../src/merchant/logRow.ts";
import type { Visit } from "./trial.ts";

/** What the engine knows of a shop. */
export interface Shop {
  catalog: Catalog;
  pack: ItemPack;
  popularRows: Uint32Array;
}

/**
 * The engine's view of a visit: its moment after the first `step` rows. Steps must not fall; each row
 * is folded in once.
 */
export function followVisit({ catalog, pack }: Shop, visit: Visit): (step: number) => Moment {
  const history = createHistory(catalog);
  for (const row of visit.past) history.apply(eventOf(row));
  let folded = 0;
  return (step) => {
    while (folded < step) history.apply(eventOf(visit.session[folded++]!));
    const at = (visit.session[step - 1] ?? visit.session[0]!).at;
    return momentOf(history, { catalog, pack, at });
  };
}
