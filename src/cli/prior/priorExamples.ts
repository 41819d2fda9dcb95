import { createRandom } from "../../engine/kit/random.ts";
import { collectExamples, type ExampleSet, joinExamples } from "../../engine/learning/examples.ts";
import { rowsByPopularity } from "../../engine/ranking/candidates.ts";
import type { Catalog } from "../../engine/shop/catalog.ts";
import { emptyItemPack } from "../../engine/shop/itemPack.ts";
import { eventOf, type LogEvent } from "../logs/logRow.ts";
import { crowdOf } from "../logs/shopLog.ts";
import { buildItemPack, type ItemPackOptions } from "../pack/buildItemPack.ts";

/** Share of the sessions, the earlier ones, that makes the crowd; the rest makes the examples. */
const CROWD_SHARE = 0.75;
/** Sessions are sampled evenly down to about this many interactions. */
const MAX_INTERACTIONS = 10_000;
/**
 * Only the first interactions of a session become examples. The history decides what a shopper comes
 * for, the current products decide what follows: long orders would teach the latter only.
 */
const INTERACTIONS_PER_SESSION = 8;
/**
 * One in this many sessions is also replayed as in a shop without an item pack. Otherwise nothing would
 * train the weights for such shops, where two inputs are always zero.
 */
const SESSIONS_A_PACKLESS = 4;

/**
 * Examples from a crowd's sessions: the later sessions are replayed, each with its shopper's history,
 * against an item pack counted from the earlier ones, as a browser would have seen them.
 * @param sessions in order of time.
 */
export function priorExamples(
  sessions: readonly LogEvent[][],
  catalog: Catalog,
  { seed, pack: packOptions = {} }: { seed: number; pack?: Partial<ItemPackOptions> },
): ExampleSet {
  const cut = Math.floor(sessions.length * CROWD_SHARE);
  const { pack } = buildItemPack(crowdOf(sessions.slice(0, cut)), catalog, packOptions);
  const shop = { catalog, pack, popularRows: rowsByPopularity(pack), random: createRandom(seed) };
  const empty = emptyItemPack(catalog.size);
  const packless = {
    catalog,
    pack: empty,
    popularRows: rowsByPopularity(empty),
    random: createRandom(seed + 1),
  };
  const interactionsOf = (session: readonly LogEvent[]) =>
    Math.min(INTERACTIONS_PER_SESSION, session.length);
  const interactions = sessions
    .slice(cut)
    .reduce((sum, session) => sum + interactionsOf(session), 0);
  const every = Math.max(1, Math.ceil(interactions / MAX_INTERACTIONS));
  const pasts = new Map<string, LogEvent[]>();
  const sets: ExampleSet[] = [];
  sessions.forEach((session, index) => {
    const { userId } = session[0]!;
    const past = userId === "" ? [] : (pasts.get(userId) ?? []);
    if (index >= cut && (index - cut) % every === 0) {
      const events = [...past, ...session.slice(0, INTERACTIONS_PER_SESSION)].map(eventOf);
      const options = { maxInteractions: interactionsOf(session) };
      sets.push(collectExamples(events, shop, options));
      if (((index - cut) / every) % SESSIONS_A_PACKLESS === 0) {
        sets.push(collectExamples(events, packless, options));
      }
    }
    if (userId !== "") pasts.set(userId, [...past, ...session]);
  });
  return joinExamples(sets.filter(({ size }) => size > 0));
}
