import { addTo, type Peer, type PeerSession } from "./peer.ts";

/** Products further apart in a session do not make a rule. */
const RULE_STEPS = 10;

/** The most viewed products, the same for everybody. */
export function popularity(sessions: readonly PeerSession[]): Peer {
  const counts = new Map<number, number>();
  for (const { items } of sessions) for (const item of items) addTo(counts, item, 1);
  return () => counts;
}

/** The products of the session itself, latest first. */
export function recent(): Peer {
  return (items) => new Map(items.map((item, position) => [item, position]));
}

/** Association rules: how often two products occurred in one session (Ludewig and Jannach, 2018). */
export function ar(sessions: readonly PeerSession[]): Peer {
  return pairRules(sessions, { weightOf: () => 1, isSymmetric: true });
}

/** Sequential rules: how often a product followed another, with more weight for nearer steps (same paper). */
export function sr(sessions: readonly PeerSession[]): Peer {
  return pairRules(sessions, { weightOf: (steps) => 1 / steps, isSymmetric: false });
}

/**
 * Item kNN: cosine of the products' session vectors, damped by `LAMBDA` so that one shared session is not
 * certainty (Hidasi et al., 2016).
 */
export function itemKnn(sessions: readonly PeerSession[]): Peer {
  const rules = pairRules(sessions, { weightOf: () => 1, isSymmetric: true });
  const counts = new Map<number, number>();
  for (const { items } of sessions) for (const item of new Set(items)) addTo(counts, item, 1);
  return (items, at) => {
    const own = counts.get(items.at(-1)!) ?? 0;
    const cosines = [...rules(items, at)].map(([row, both]): [number, number] => [
      row,
      both / Math.sqrt((own + LAMBDA) * (counts.get(row)! + LAMBDA)),
    ]);
    return new Map(cosines);
  };
}

const LAMBDA = 20;

function pairRules(
  sessions: readonly PeerSession[],
  { weightOf, isSymmetric }: { weightOf: (steps: number) => number; isSymmetric: boolean },
): Peer {
  const rules = new Map<number, Map<number, number>>();
  const rulesOf = (row: number) => {
    const known = rules.get(row) ?? new Map<number, number>();
    rules.set(row, known);
    return known;
  };
  for (const { items } of sessions) {
    items.forEach((from, position) => {
      const last = Math.min(items.length - 1, position + RULE_STEPS);
      for (let next = position + 1; next <= last; next++) {
        const to = items[next]!;
        if (to === from) continue;
        addTo(rulesOf(from), to, weightOf(next - position));
        if (isSymmetric) addTo(rulesOf(to), from, weightOf(next - position));
      }
    });
  }
  return (items) => rules.get(items.at(-1)!) ?? new Map();
}
