import { eventOf, type LogRow } from "../../src/cli/logs/logRow.ts";
import { LogError } from "../../src/cli/logs/readShopLog.ts";
import { catalogOf, crowdOf, sessionsOf } from "../../src/cli/logs/shopLog.ts";
import { buildItemPack } from "../../src/cli/pack/buildItemPack.ts";
import type { ShopEvent } from "../../src/engine/events/shopEvent.ts";
import { createRandom } from "../../src/engine/kit/random.ts";
import type { Catalog } from "../../src/engine/shop/catalog.ts";
import { itemPackToBytes } from "../../src/engine/shop/itemPack.ts";

/** A session of a log, and what the engine knows before it. */
export interface Replay {
  catalog: Catalog;
  pack: ArrayBuffer;
  /** Products that somebody looked at before the session. */
  seenBefore: number;
  /** The shopper's earlier events, fed first and not printed. */
  earlier: ShopEvent[];
  session: LogRow[];
}

/** One of the three: a session, a shopper's last session, or a seed that draws a late one. */
export interface ReplayChoice {
  session?: string | undefined;
  user?: string | undefined;
  random?: string | undefined;
}

/**
 * The catalog has the products of the whole log, as a shop's own has also those that nobody looked at
 * yet; the pack counts only what came before the session.
 * @throws {LogError} when there is no such session, or nothing before it.
 */
export function chooseReplay(rows: readonly LogRow[], choice: ReplayChoice): Replay {
  const sessions = sessionsOf(rows);
  const session = chooseSession(sessions, choice);
  const startsAt = session[0]!.at;
  const { sessionId, userId } = session[0]!;
  const before = rows.filter((row) => row.at < startsAt && row.sessionId !== sessionId);
  if (before.length === 0) {
    throw new LogError(
      `session "${sessionId}" is the first of the log: nothing before it to learn from`,
    );
  }
  const catalog = catalogOf(rows);
  // The shopper's own past reaches the engine as events; the crowd is everybody else.
  const isOwn = (row: LogRow) => choice.user !== undefined && row.userId === userId;
  const crowd = crowdOf(sessionsOf(before.filter((row) => !isOwn(row))));
  // The log does not leave this machine, so rare pairs need no hiding.
  const { pack } = buildItemPack(crowd, catalog, { minShoppers: 1 });
  const earlier = before.filter(isOwn).map(eventOf);
  const seenBefore = new Set(before.map(({ productId }) => productId)).size;
  return { catalog, seenBefore, pack: itemPackToBytes(pack, catalog), earlier, session };
}

function chooseSession(sessions: LogRow[][], { session, user, random }: ReplayChoice): LogRow[] {
  if (session !== undefined) {
    const found = sessions.find(([first]) => first!.sessionId === session);
    if (!found)
      throw new LogError(`no session "${session}" in the log of ${sessions.length} sessions`);
    return found;
  }
  if (user !== undefined) {
    const found = sessions.findLast(([first]) => user !== "" && first!.userId === user);
    if (!found) throw new LogError(`no user "${user}" in the log of ${sessions.length} sessions`);
    return found;
  }
  const late = sessions
    .slice(Math.floor(sessions.length * 0.8))
    .filter(({ length }) => length >= 3);
  if (late.length === 0)
    throw new LogError("no session of three events or more in the log's last fifth");
  return late[createRandom(Number(random)).integer(late.length)]!;
}
