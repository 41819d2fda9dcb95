import { addTo, DAY_MS, type Peer, type PeerSession } from "./peer.ts";

/**
 * Session kNN in several variants: the crowd's sessions most similar to the own one vote for their
 * products.
 *
 * - S-KNN, VS-KNN: Ludewig and Jannach (2018), Evaluation of session-based recommendation algorithms.
 * - STAN: Garg et al. (2019), Sequence and time aware neighborhood for session-based recommendations.
 * - VSTAN: Ludewig et al. (2020), Empirical analysis of session-based recommendation algorithms: STAN
 *   with VS-KNN's weight of the shared position and its rarity of products.
 */
export interface NeighborOptions {
  /** Neighbors that vote. */
  k: number;
  /** The number of most recent sessions with a shared product to consider. */
  sample: number;
}

export interface StanOptions extends NeighborOptions {
  /** λ₁: decay over positions of the own session, from its end. */
  ownPosition: number;
  /** λ₂: decay over the age of a neighbor, in days. */
  ageDays: number;
  /** λ₃: decay over positions in a neighbor, from the product shared last. */
  neighborPosition: number;
}

export interface VstanOptions extends StanOptions {
  /** Decay of a neighbor's vote over how far back in the own session it shares its last product. */
  sharedPosition: number;
  /** The bonus of a product's rarity on its votes. */
  rarity: number;
}

export function sKnn(sessions: readonly PeerSession[], options: NeighborOptions): Peer {
  const index = createIndex(sessions);
  return (items) => {
    const weights = new Map(items.map((item) => [item, 1]));
    const neighbors = nearest(index, weights, {
      ...options,
      similarityOf: (dot, { distinct }) => dot / Math.sqrt(weights.size * distinct.length),
    });
    const scores = new Map<number, number>();
    for (const { session, similarity } of neighbors) {
      for (const row of session.distinct) addTo(scores, row, similarity);
    }
    return scores;
  };
}

/** Later products of the own session weigh more, linearly; rare products count more. */
export function vsKnn(sessions: readonly PeerSession[], options: NeighborOptions): Peer {
  const index = createIndex(sessions);
  return (items) => {
    const weights = new Map(items.map((item, position) => [item, (position + 1) / items.length]));
    const neighbors = nearest(index, weights, { ...options, similarityOf: (dot) => dot });
    const scores = new Map<number, number>();
    for (const { session, similarity } of neighbors) {
      const vote = similarity / stepsBack(items, session.set);
      for (const row of session.distinct) addTo(scores, row, vote * rarityOf(index, row));
    }
    return scores;
  };
}

export function stan(sessions: readonly PeerSession[], options: StanOptions): Peer {
  return vstan(sessions, { ...options, sharedPosition: Number.POSITIVE_INFINITY, rarity: 0 });
}

export function vstan(sessions: readonly PeerSession[], options: VstanOptions): Peer {
  const index = createIndex(sessions);
  const { ownPosition, ageDays, neighborPosition, sharedPosition, rarity } = options;
  return (items, at) => {
    const weights = new Map(
      items.map((item, position) => [item, Math.exp((position + 1 - items.length) / ownPosition)]),
    );
    const neighbors = nearest(index, weights, {
      ...options,
      similarityOf(dot, other) {
        const ageInDays = Math.max(0, at - other.at) / DAY_MS;
        const cosine = dot / Math.sqrt(items.length * other.distinct.length);
        return cosine * Math.exp(-ageInDays / ageDays);
      },
    });
    const scores = new Map<number, number>();
    for (const { session, similarity } of neighbors) {
      const shared = session.items.findLastIndex((item) => weights.has(item));
      const vote = similarity * Math.exp(-(stepsBack(items, session.set) - 1) / sharedPosition);
      session.items.forEach((row, position) => {
        const nearness = Math.exp(-Math.abs(position - shared) / neighborPosition);
        addTo(scores, row, vote * nearness * (1 + rarity * rarityOf(index, row)));
      });
    }
    return scores;
  };
}

/** How far back in the own session the last product shared with `other` is, from 1. */
function stepsBack(items: readonly number[], other: ReadonlySet<number>): number {
  return items.length - items.findLastIndex((item) => other.has(item));
}

/** ln(sessions / sessions with the product). */
function rarityOf({ sessions, byItem }: SessionIndex, row: number): number {
  return Math.log(sessions.length / byItem.get(row)!.length);
}

interface IndexedSession extends PeerSession {
  set: ReadonlySet<number>;
  distinct: readonly number[];
}

/** An inverted index: the sessions with a product, as places in `sessions`, oldest first. */
interface SessionIndex {
  sessions: IndexedSession[];
  byItem: Map<number, number[]>;
  /** Scratch by place, all zero between queries. */
  dots: Float64Array;
}

function createIndex(sessions: readonly PeerSession[]): SessionIndex {
  const byItem = new Map<number, number[]>();
  const oldestFirst = sessions.toSorted((left, right) => left.at - right.at);
  const indexed = oldestFirst.map((session, place) => {
    const set = new Set(session.items);
    for (const item of set) {
      const holders = byItem.get(item);
      if (holders) holders.push(place);
      else byItem.set(item, [place]);
    }
    return { ...session, set, distinct: [...set] };
  });
  return { sessions: indexed, byItem, dots: new Float64Array(indexed.length) };
}

interface Neighbor {
  session: IndexedSession;
  similarity: number;
}

/**
 * The `k` most similar of the `sample` latest sessions that share a product. `similarityOf` receives the
 * sum of the weights of the shared products.
 */
function nearest(
  { sessions, byItem, dots }: SessionIndex,
  weights: ReadonlyMap<number, number>,
  {
    k,
    sample,
    similarityOf,
  }: NeighborOptions & { similarityOf: (dot: number, session: IndexedSession) => number },
): Neighbor[] {
  const touched: number[] = [];
  for (const [item, weight] of weights) {
    for (const place of byItem.get(item) ?? []) {
      if (dots[place] === 0) touched.push(place);
      dots[place]! += weight;
    }
  }
  const latest = touched.length <= sample ? touched : latestOf(touched, sample);
  const neighbors = latest.map((place) => {
    const session = sessions[place]!;
    return { session, similarity: similarityOf(dots[place]!, session) };
  });
  for (const place of touched) dots[place] = 0;
  // Ties go to the later session, as in the papers.
  return neighbors
    .sort((left, right) => right.similarity - left.similarity || right.session.at - left.session.at)
    .slice(0, k);
}

function latestOf(places: readonly number[], count: number): number[] {
  const sorted = Uint32Array.from(places).sort();
  return [...sorted.subarray(sorted.length - count)];
}
