import { candidatesOf } from "../../engine/ranking/candidates.ts";
import { contentFit } from "../../engine/ranking/features.ts";
import type { Catalog } from "../../engine/shop/catalog.ts";
import { emptyItemPack } from "../../engine/shop/itemPack.ts";
import type { LogRow } from "../logs/logRow.ts";
import type { Peer, PeerSession } from "./peer.ts";
import { replaySession } from "./replaySession.ts";
import { bestRows, keptOff, type System } from "./system.ts";

export function peerSessionsOf(sessions: readonly LogRow[][], catalog: Catalog): PeerSession[] {
  return sessions.map((session) => ({
    items: session.map(({ productId }) => catalog.rowOf(productId)!),
    at: session.at(-1)!.at,
  }));
}

/**
 * A peer, queried with the products of the session so far; before it begins, with those of the shopper's
 * last one.
 */
export function peerSystem(peer: Peer, catalog: Catalog): System {
  return (visit) => {
    const before = itemsIn(lastSession(visit.history), catalog);
    const items = itemsIn(visit.session, catalog);
    const keptOffAt = keptOff(visit, catalog);
    return (step) => {
      const known = step === 0 ? before : items.slice(0, step);
      if (known.length === 0) return [];
      return bestRows(peer(known, visit.session[Math.max(0, step - 1)]!.at), keptOffAt(step));
    };
  };
}

function itemsIn(rows: readonly LogRow[], catalog: Catalog): number[] {
  return rows.map(({ productId }) => catalog.rowOf(productId)!);
}

function lastSession(history: readonly LogRow[]): LogRow[] {
  return history.filter(({ sessionId }) => sessionId === history.at(-1)!.sessionId);
}

/**
 * A peer's scores, scaled to a maximum of 1, plus `contentWeight` × similarity to the session. The
 * similarity is our own content input without crowd knowledge, so that product data alone does not decide
 * the comparison.
 */
export function hybridSystem(peer: Peer, catalog: Catalog, contentWeight: number): System {
  const sources = { catalog, pack: emptyItemPack(catalog.size), popularRows: new Uint32Array(0) };
  return ({ history, session }) => {
    const before = lastSession(history);
    const items = itemsIn(session, catalog);
    const keptOffAt = keptOff({ history, session }, catalog);
    const follow = replaySession(sources, { history: [], session });
    const followLast = replaySession(sources, { history: before, session });
    return (step) => {
      const known = step === 0 ? itemsIn(before, catalog) : items.slice(0, step);
      if (known.length === 0) return [];
      const votes = peer(known, session[Math.max(0, step - 1)]!.at);
      const max = Math.max(...votes.values(), Number.MIN_VALUE);
      const context = step === 0 ? followLast(0) : follow(step);
      const blended = new Map<number, number>();
      for (const [row, vote] of votes) blended.set(row, vote / max);
      for (const row of candidatesOf(context, sources.popularRows))
        blended.set(row, blended.get(row) ?? 0);
      for (const [row, vote] of blended) {
        blended.set(row, vote + contentWeight * contentFit(context, row));
      }
      return bestRows(blended, keptOffAt(step));
    };
  };
}
