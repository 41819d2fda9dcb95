/**
 * Server-side recommenders to compare with, written from their papers. Each sees the whole crowd's
 * sessions and the products of the shopper's session so far.
 *
 * - AR, SR, item-kNN, S-KNN, VS-KNN: Ludewig and Jannach (2018), Evaluation of session-based
 *   recommendation algorithms.
 * - STAN: Garg et al. (2019), Sequence and time aware neighborhood for session-based recommendations.
 */
export interface PeerSession {
  /** Rows of the catalogue in order. */
  items: number[];
  /** Milliseconds since 1970 of its last event. */
  at: number;
}

/** Scores by row for the next product after `items`, at time `at`; rows without a score are not there. */
export type Peer = (items: readonly number[], at: number) => Map<number, number>;

const DAY = 86_400_000;
/** Two products further apart in a session are no rule. */
const RULE_STEPS = 10;

export function popularity(sessions: readonly PeerSession[]): Peer {
  const counts = new Map<number, number>();
  for (const { items } of sessions) for (const item of items) add(counts, item, 1);
  return () => counts;
}

/** The products of the session itself, latest first. */
export function recent(): Peer {
  return (items) => new Map(items.map((item, index) => [item, index]));
}

/** Association rules: how often two products stood in one session. */
export function ar(sessions: readonly PeerSession[]): Peer {
  return pairRules(sessions, () => 1, true);
}

/** Sequential rules: how often a product followed another, nearer steps counting more. */
export function sr(sessions: readonly PeerSession[]): Peer {
  return pairRules(sessions, (steps) => 1 / steps, false);
}

/** Cosine of the products' session vectors. */
export function itemKnn(sessions: readonly PeerSession[]): Peer {
  const rules = pairRules(sessions, () => 1, true);
  const counts = new Map<number, number>();
  for (const { items } of sessions) for (const item of new Set(items)) add(counts, item, 1);
  return (items, at) => {
    const own = counts.get(items.at(-1)!) ?? 0;
    const scores = [...rules(items, at)].map(([row, both]): [number, number] => [
      row,
      both / Math.sqrt(own * counts.get(row)!),
    ]);
    return new Map(scores);
  };
}

function pairRules(
  sessions: readonly PeerSession[],
  weightOf: (steps: number) => number,
  isSymmetric: boolean,
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
        add(rulesOf(from), to, weightOf(next - position));
        if (isSymmetric) add(rulesOf(to), from, weightOf(next - position));
      }
    });
  }
  return (items) => rules.get(items.at(-1)!) ?? new Map();
}

export interface KnnOptions {
  /** Neighbour sessions whose products count. */
  k: number;
  /** Most recent sessions looked at. */
  sample: number;
}

export const KNN_OPTIONS: KnnOptions = { k: 100, sample: 1000 };

/** Session kNN: cosine of sessions as sets. */
export function sKnn(sessions: readonly PeerSession[], options = KNN_OPTIONS): Peer {
  const index = indexOf(sessions);
  return (items) => {
    const own = new Set(items);
    const neighbours = nearest(index, own, options, (other) => {
      const shared = countShared(own, other.set);
      return shared / Math.sqrt(own.size * other.set.size);
    });
    const scores = new Map<number, number>();
    for (const { session, similarity } of neighbours) {
      for (const row of session.set) add(scores, row, similarity);
    }
    return scores;
  };
}

/**
 * Vector session kNN: later products of the session weigh more, linearly; a neighbour counts by the
 * latest product it shares, and rare products count more.
 */
export function vsKnn(sessions: readonly PeerSession[], options = KNN_OPTIONS): Peer {
  const index = indexOf(sessions);
  return (items) => {
    const weights = new Map(items.map((item, position) => [item, (position + 1) / items.length]));
    const neighbours = nearest(index, new Set(items), options, ({ set }) => {
      let sum = 0;
      for (const [item, weight] of weights) if (set.has(item)) sum += weight;
      return sum;
    });
    const scores = new Map<number, number>();
    for (const { session, similarity } of neighbours) {
      const steps = 1 + [...items].reverse().findIndex((item) => session.set.has(item));
      for (const row of session.set) {
        const rarity = Math.log(sessions.length / index.byItem.get(row)!.length);
        add(scores, row, (similarity / steps) * rarity);
      }
    }
    return scores;
  };
}

export interface StanOptions extends KnnOptions {
  /** Decay over positions of the own session, from its end. */
  ownPosition: number;
  /** Decay over the age of a neighbour, in days. */
  ageDays: number;
  /** Decay over positions in a neighbour, from the product shared last. */
  neighbourPosition: number;
}

export function stan(sessions: readonly PeerSession[], options: StanOptions): Peer {
  const index = indexOf(sessions);
  const { ownPosition, ageDays, neighbourPosition } = options;
  return (items, at) => {
    const weights = new Map(
      items.map((item, position) => [item, Math.exp((position + 1 - items.length) / ownPosition)]),
    );
    const neighbours = nearest(index, new Set(items), options, (other) => {
      let sum = 0;
      for (const [item, weight] of weights) if (other.set.has(item)) sum += weight;
      const age = Math.max(0, at - other.at) / DAY;
      return (sum / Math.sqrt(items.length * other.set.size)) * Math.exp(-age / ageDays);
    });
    const scores = new Map<number, number>();
    for (const { session, similarity } of neighbours) {
      const shared = session.items.findLastIndex((item) => weights.has(item));
      session.items.forEach((row, position) => {
        add(scores, row, similarity * Math.exp(-Math.abs(position - shared) / neighbourPosition));
      });
    }
    return scores;
  };
}

interface IndexedSession extends PeerSession {
  set: Set<number>;
}

interface SessionIndex {
  sessions: IndexedSession[];
  /** Sessions that hold a product, oldest first. */
  byItem: Map<number, number[]>;
}

function indexOf(sessions: readonly PeerSession[]): SessionIndex {
  const byItem = new Map<number, number[]>();
  const indexed = sessions.map((session, place) => {
    const set = new Set(session.items);
    for (const item of set) {
      const holders = byItem.get(item);
      if (holders) holders.push(place);
      else byItem.set(item, [place]);
    }
    return { ...session, set };
  });
  return { sessions: indexed, byItem };
}

/** The `k` most similar of the `sample` latest sessions that share a product. */
function nearest(
  { sessions, byItem }: SessionIndex,
  own: ReadonlySet<number>,
  { k, sample }: KnnOptions,
  similarityOf: (session: IndexedSession) => number,
): { session: IndexedSession; similarity: number }[] {
  const places = new Set<number>();
  for (const item of own) for (const place of byItem.get(item) ?? []) places.add(place);
  return [...places]
    .sort((left, right) => right - left)
    .slice(0, sample)
    .map((place) => ({ session: sessions[place]!, similarity: similarityOf(sessions[place]!) }))
    .sort((left, right) => right.similarity - left.similarity)
    .slice(0, k);
}

function countShared(left: ReadonlySet<number>, right: ReadonlySet<number>): number {
  let shared = 0;
  for (const item of left) if (right.has(item)) shared++;
  return shared;
}

function add(scores: Map<number, number>, row: number, amount: number): void {
  scores.set(row, (scores.get(row) ?? 0) + amount);
}
