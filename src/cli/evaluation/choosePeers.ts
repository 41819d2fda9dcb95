import { figuresOf } from "./figures.ts";
import { measure } from "./measure.ts";
import {
  type NeighborOptions,
  type StanOptions,
  sKnn,
  stan,
  type VstanOptions,
  vsKnn,
  vstan,
} from "./neighbors.ts";
import type { Peer, PeerSession } from "./peer.ts";
import { hybridSystem, peerSessionsOf, peerSystem } from "./peerSystem.ts";
import { ar, itemKnn, popularity, recent, sr } from "./rules.ts";
import type { System, SystemName } from "./system.ts";
import type { Trial } from "./trial.ts";

/** A system and, where it has parameters, which were chosen and among how many. */
export interface Chosen {
  system: System;
  parameters?: string;
}

/** Tried for S-KNN and VS-KNN: about the values the papers and session-rec ended at. */
const NEIGHBORS: NeighborOptions[] = [
  { k: 100, sample: 500 },
  { k: 100, sample: 1000 },
  { k: 500, sample: 1000 },
  { k: 500, sample: 2500 },
];

const STAN: StanOptions[] = [1, 4].flatMap((ownPosition) =>
  [10, 80].flatMap((ageDays) =>
    [1.5, 4].map((neighborPosition) => ({
      k: 500,
      sample: 2500,
      ownPosition,
      ageDays,
      neighborPosition,
    })),
  ),
);

/** What VSTAN adds, tried on top of STAN's best. */
const VSTAN = [1, 4, Number.POSITIVE_INFINITY].flatMap((sharedPosition) =>
  [0, 1, 5].map((rarity) => ({ sharedPosition, rarity })),
);

const CONTENT_WEIGHTS = [0.1, 0.25, 0.5, 1, 2];

/** Makes the peers that were asked for; parameters are chosen on the crowd's last tenth, by HR@20 + MRR@20. */
export async function choosePeers(
  trial: Trial,
  wanted: ReadonlySet<SystemName>,
): Promise<Map<SystemName, Chosen>> {
  const { catalog, tuning } = trial;
  const early = peerSessionsOf(trial.early, catalog);
  const all = peerSessionsOf(trial.crowd, catalog);
  const chosen = new Map<SystemName, Chosen>();
  const plain: [SystemName, (sessions: readonly PeerSession[]) => Peer][] = [
    ["popularity", popularity],
    ["recent", recent],
    ["ar", ar],
    ["sr", sr],
    ["item-knn", itemKnn],
  ];
  for (const [name, make] of plain) {
    if (wanted.has(name)) chosen.set(name, { system: peerSystem(make(all), catalog) });
  }
  await add("s-knn", NEIGHBORS, (sessions, options) =>
    peerSystem(sKnn(sessions, options), catalog),
  );
  await add("vs-knn", NEIGHBORS, (sessions, options) =>
    peerSystem(vsKnn(sessions, options), catalog),
  );
  const isBuiltOn = wanted.has("vstan") || wanted.has("hybrid");
  const stanOptions = await add(
    "stan",
    STAN,
    (sessions, options) => peerSystem(stan(sessions, options), catalog),
    isBuiltOn,
  );
  const vstanOptions = await add(
    "vstan",
    VSTAN.map((more): VstanOptions => ({ ...(stanOptions ?? STAN[0]!), ...more })),
    (sessions, options) => peerSystem(vstan(sessions, options), catalog),
    wanted.has("hybrid"),
  );
  await add(
    "hybrid",
    CONTENT_WEIGHTS.map((contentWeight) => ({ contentWeight })),
    (sessions, { contentWeight }) =>
      hybridSystem(vstan(sessions, vstanOptions!), catalog, contentWeight),
  );
  return chosen;

  /** Tries the options and keeps the best, if the system was asked for or another is built on it. */
  async function add<Options extends object>(
    name: SystemName,
    grid: readonly Options[],
    make: (sessions: readonly PeerSession[], options: Options) => System,
    isNeeded = false,
  ): Promise<Options | undefined> {
    if (!wanted.has(name) && !isNeeded) return undefined;
    let best = grid[0]!;
    let max = Number.NEGATIVE_INFINITY;
    for (const options of tuning.length === 0 ? [] : grid) {
      const value = await worth(make(early, options), trial);
      if (value > max) [best, max] = [options, value];
    }
    if (wanted.has(name)) {
      const parameters = `${JSON.stringify(best, nameInfinity)}, of ${grid.length}`;
      chosen.set(name, { system: make(all, best), parameters });
    }
    return best;
  }
}

/** JSON knows no infinity. */
function nameInfinity(_: string, value: unknown): unknown {
  return value === Number.POSITIVE_INFINITY ? "∞" : value;
}

async function worth(system: System, { catalog, tuning }: Trial): Promise<number> {
  const { tallies } = await measure(system, tuning, {
    catalog,
    crowdCounts: new Float64Array(catalog.size),
  });
  const { hr20, mrr20 } = figuresOf(tallies);
  return hr20 + mrr20;
}
