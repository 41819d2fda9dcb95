import { candidatesOf } from "../../src/engine/candidates.ts";
import type { Catalog } from "../../src/engine/catalog.ts";
import { contentFit } from "../../src/engine/features.ts";
import { emptyItemPack } from "../../src/engine/itemPack.ts";
import type { LogRow } from "../../src/merchant/shopLog.ts";
import { followVisit } from "./followVisit.ts";
import type { Peer, PeerSession } from "./peer.ts";
import { bestRows, type System } from "./system.ts";

export function peerSessionsOf(sessions: readonly LogRow[][], catalog: Catalog): PeerSession[] {
  return sessions.map((session) => ({
    items: session.map(({ productId }) => catalog.rowOf(productId)!),
    at: session.at(-1)!.at,
  }));
}

/** A peer, asked with the products of the session so far. */
export function peerSystem(peer: Peer, catalog: Catalog): System {
  return ({ session }) => {
    const items = session.map(({ productId }) => catalog.rowOf(productId)!);
    return (step) => bestRows(peer(items.slice(0, step), session[step - 1]!.at), items[step - 1]);
  };
}

/**
 * A peer's scores, the highest set to 1, plus `contentWeight` × likeness to the session: our own
 * content input without any crowd knowledge, so that knowing what a product is does not decide alone.
 */
export function hybridSystem(peer: Peer, catalog: Catalog, contentWeight: number): System {
  const sources = { catalog, pack: emptyItemPack(catalog.size), popularRows: new Uint32Array(0) };
  return ({ session }) => {
    const items = session.map(({ productId }) => catalog.rowOf(productId)!);
    const follow = followVisit(sources, { past: [], session });
    return (step) => {
      const votes = peer(items.slice(0, step), session[step - 1]!.at);
      const most = Math.max(...votes.values(), Number.MIN_VALUE);
      const moment = follow(step);
      const blended = new Map<number, number>();
      for (const [row, vote] of votes) blended.set(row, vote / most);
      for (const row of candidatesOf(moment, sources.popularRows))
        blended.set(row, blended.get(row) ?? 0);
      for (const [row, vote] of blended) {
        blended.set(row, vote + contentWeight * contentFit(moment, row));
      }
      return bestRows(blended, items[step - 1]);
    };
  };
}
