import type { Catalog } from "../../engine/shop/catalog.ts";
import { DAY_MS } from "./peer.ts";
import { rankerOf, type System } from "./system.ts";
import type { LogVisit } from "./trial.ts";

/**
 * Share of the cards of one visit that were not there a day earlier, where the shopper did nothing in
 * between: the shelf one day and two days after each visit. Both are later than the day in which
 * purchases are kept off. In [0, 1].
 */
export async function cardChange(
  system: System,
  visits: readonly LogVisit[],
  catalog: Catalog,
): Promise<number> {
  let cards = 0;
  let changed = 0;
  for (const { history, session } of visits) {
    const last = session.at(-1)!;
    const shelfAfter = async (days: number) => {
      const begun = { ...last, at: last.at + days * DAY_MS };
      const visit = { history: [...history, ...session], session: [begun] };
      return (await rankerOf(system, visit, catalog))(0);
    };
    const before = new Set(await shelfAfter(1));
    const after = await shelfAfter(2);
    cards += after.length;
    changed += after.filter((row) => !before.has(row)).length;
  }
  return cards === 0 ? 0 : changed / cards;
}
