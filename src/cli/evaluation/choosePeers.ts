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

/** A system and, if it has parameters, the chosen ones and the number tried. */
export interface Chosen {
  system: System;
  parameters?: string;
}

/** Tried for S-KNN and VS-KNN: about the final values of the papers and session-rec. */
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

/** VSTAN's additions, tried on top of STAN's best. */
const VSTAN = [1, 4, Number.POSITIVE_INFINITY].flatMap((sharedPosition) =>
  [0, 1, 5].map((rarity) => ({ sharedPosition, rarity })),
);

const CONTENT_WEIGHTS = [0.1, 0.25, 0.5, 1, 2];

/** Makes the requested peers; parameters are chosen on the crowd's last tenth, by HR@20 + MRR@20. */
export async function choosePeers(
  trial: Trial,
  wanted: ReadonlySet<SystemName>,
): Promise<Map<SystemName, Chosen>> {
  const { catalog } = trial;
  const chosen = new Map<SystemName, Chosen>();
  const all = peerSessionsOf(trial.crowd, catalog);
  for (const [name, make] of PLAIN) {
    if (wanted.has(name)) chosen.set(name, { system: peerSystem(make(all), catalog) });
  }
  const search: Search = {
    trial,
    wanted,
    chosen,
    early: peerSessionsOf(trial.early, catalog),
    all,
  };
  const tuned = <Options extends object>(
    name: SystemName,
    { grid, make, isNeeded }: Tuned<Options>,
  ) =>
    tune(search, name, {
      grid,
      make: (sessions, options) => peerSystem(make(sessions, options), catalog),
      isNeeded,
    });
  await tuned("s-knn", { grid: NEIGHBORS, make: sKnn });
  await tuned("vs-knn", { grid: NEIGHBORS, make: vsKnn });
  const isBuiltOn = wanted.has("vstan") || wanted.has("hybrid");
  const stanOptions = await tuned("stan", { grid: STAN, make: stan, isNeeded: isBuiltOn });
  const vstanGrid = VSTAN.map((more): VstanOptions => ({ ...(stanOptions ?? STAN[0]!), ...more }));
  const isHybrid = wanted.has("hybrid");
  const vstanOptions = await tuned("vstan", { grid: vstanGrid, make: vstan, isNeeded: isHybrid });
  await tune(search, "hybrid", {
    grid: CONTENT_WEIGHTS.map((contentWeight) => ({ contentWeight })),
    make: (sessions, { contentWeight }) =>
      hybridSystem(vstan(sessions, vstanOptions!), catalog, contentWeight),
  });
  return chosen;
}

/** Peers without parameters. */
const PLAIN: [SystemName, (sessions: readonly PeerSession[]) => Peer][] = [
  ["popularity", popularity],
  ["recent", recent],
  ["ar", ar],
  ["sr", sr],
  ["item-knn", itemKnn],
];

/** The inputs for choosing parameters. */
interface Search {
  trial: Trial;
  wanted: ReadonlySet<SystemName>;
  chosen: Map<SystemName, Chosen>;
  /** The crowd's sessions without the last tenth, and all of them. */
  early: readonly PeerSession[];
  all: readonly PeerSession[];
}

interface Tuned<Options extends object, Made = Peer> {
  grid: readonly Options[];
  make: (sessions: readonly PeerSession[], options: Options) => Made;
  /** Whether another requested system is built on it. */
  isNeeded?: boolean | undefined;
}

/** Tries the options and keeps the best, if the system is requested or needed. */
async function tune<Options extends object>(
  { trial, wanted, chosen, early, all }: Search,
  name: SystemName,
  { grid, make, isNeeded = false }: Tuned<Options, System>,
): Promise<Options | undefined> {
  if (!wanted.has(name) && !isNeeded) return undefined;
  let best = grid[0]!;
  let max = Number.NEGATIVE_INFINITY;
  for (const options of trial.tuning.length === 0 ? [] : grid) {
    const value = await worth(make(early, options), trial);
    if (value > max) [best, max] = [options, value];
  }
  if (wanted.has(name)) {
    const parameters = `${JSON.stringify(best, nameInfinity)}, of ${grid.length}`;
    chosen.set(name, { system: make(all, best), parameters });
  }
  return best;
}

/** JSON has no infinity. */
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
