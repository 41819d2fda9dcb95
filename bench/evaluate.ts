/**
 * `npm run evaluate -- --log FILE [--split 0.8] [--floor 3] [--every 1] [--json OUT]`: how well systems
 * rank the product a shopper turns to next, on a real log (format: CONTRIBUTING.md, Shop logs).
 *
 * The crowd is all sessions before the split; every step of every later session is a query; all of the
 * catalogue is ranked, never a sample. The engine's modules are the ones the browser runs.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { parseArgs } from "node:util";
import { candidatesOf, rowsByPopularity } from "../src/engine/candidates.ts";
import { inputsOf } from "../src/engine/features.ts";
import { createHistory } from "../src/engine/history.ts";
import { emptyItemPack, type ItemPack } from "../src/engine/itemPack.ts";
import { momentOf } from "../src/engine/moment.ts";
import { INPUTS, type Network } from "../src/engine/network.ts";
import { PRIOR_WEIGHTS } from "../src/engine/priorWeights.ts";
import { createRandom, shuffle } from "../src/engine/random.ts";
import { score } from "../src/engine/score.ts";
import { buildItemPack } from "../src/merchant/buildItemPack.ts";
import {
  catalogOf,
  crowdOf,
  eventOf,
  type LogRow,
  readShopLog,
  sessionsOf,
} from "../src/merchant/shopLog.ts";
import * as peers from "./peers.ts";

const TOP = 20;
/** STAN's parameters are chosen on the last crowd sessions, by HR@20. */
const STAN_GRID = [1, 3].flatMap((ownPosition) =>
  [3, 30].flatMap((ageDays) =>
    [1.5, 4].map((neighbourPosition) => ({
      k: 500,
      sample: 2500,
      ownPosition,
      ageDays,
      neighbourPosition,
    })),
  ),
);

const { values } = parseArgs({
  options: {
    log: { type: "string" },
    split: { type: "string", default: "0.8" },
    floor: { type: "string", default: "3" },
    every: { type: "string", default: "1" },
    json: { type: "string" },
  },
});
if (values.log === undefined) {
  console.error(
    "evaluate: --log FILE is missing; no data comes with the project (README, Credits)",
  );
  process.exit(2);
}
const rows = readShopLog(values.log);
const catalog = catalogOf(rows);
const sessions = sessionsOf(rows).filter((session) => session.length > 1);
const cut = Math.floor(sessions.length * Number(values.split));
const crowd = sessions.slice(0, cut);
const tested = sessions.slice(cut).filter((_, index) => index % Number(values.every) === 0);
console.log(
  `${rows.length} events, ${catalog.size} products; crowd ${crowd.length} sessions, tested ${tested.length}`,
);

/** Ranks the whole catalogue for what comes after the first `step` rows of a session: best first. */
type System = (session: readonly LogRow[], step: number) => number[];

const { pack } = buildItemPack(crowdOf(crowd), catalog, { minShoppers: Number(values.floor) });
const prior: Network = { weights: Float32Array.from(PRIOR_WEIGHTS), activation: "relu" };
const shuffled: Network = { ...prior, weights: shuffle(prior.weights.slice(), createRandom(1)) };
const peerSessions = crowd.map(peerSession);
const systems: Record<string, System> = {
  popularity: byPeer(peers.popularity(peerSessions)),
  recent: byPeer(peers.recent()),
  ar: byPeer(peers.ar(peerSessions)),
  sr: byPeer(peers.sr(peerSessions)),
  "item-knn": byPeer(peers.itemKnn(peerSessions)),
  "s-knn": byPeer(peers.sKnn(peerSessions)),
  "vs-knn": byPeer(peers.vsKnn(peerSessions)),
  stan: byPeer(peers.stan(peerSessions, chooseStan())),
  "inputs-added": byEngine(pack, added),
  "network-no-pack": byEngine(emptyItemPack(catalog.size), (inputs) => score([prior], inputs)),
  "network-shuffled": byEngine(pack, (inputs) => score([shuffled], inputs)),
  network: byEngine(pack, (inputs) => score([prior], inputs)),
};

const results = Object.entries(systems).map(([name, system]) => ({
  name,
  ...measure(system, tested),
}));
console.table(
  results.map(
    ({ name, hr5, hr20, mrr20, ndcg20, hr20Repeat, hr20Discovery, coverage, msPerQuery }) => ({
      name,
      "HR@5": hr5.toFixed(3),
      "HR@20": hr20.toFixed(3),
      "MRR@20": mrr20.toFixed(3),
      "NDCG@20": ndcg20.toFixed(3),
      "HR@20 repeats": hr20Repeat.toFixed(3),
      "HR@20 discoveries": hr20Discovery.toFixed(3),
      coverage: coverage.toFixed(3),
      "ms/query": msPerQuery.toFixed(2),
    }),
  ),
);
if (values.json !== undefined) {
  mkdirSync(dirname(values.json), { recursive: true });
  const { queries } = results[0]!;
  writeFileSync(values.json, `${JSON.stringify({ queries, systems: results }, undefined, 2)}\n`);
}

function rowOf({ productId }: LogRow): number {
  return catalog.rowOf(productId)!;
}

function peerSession(session: readonly LogRow[]): peers.PeerSession {
  return { items: session.map(rowOf), at: session.at(-1)!.at };
}

function byPeer(peer: peers.Peer): System {
  return (session, step) => {
    const items = session.slice(0, step).map(rowOf);
    return best(peer(items, session[step - 1]!.at), items.at(-1)!);
  };
}

function byEngine(known: ItemPack, scoreBy: (inputs: Float32Array) => Float32Array): System {
  const popularRows = rowsByPopularity(known);
  return (session, step) => {
    const history = createHistory(catalog);
    for (const row of session.slice(0, step)) history.apply(eventOf(row));
    const moment = momentOf(history, { catalog, pack: known, at: session[step - 1]!.at });
    const candidates = candidatesOf(moment, popularRows);
    const scores = scoreBy(inputsOf(moment, candidates));
    const pairs = Array.from(candidates, (row, index): [number, number] => [row, scores[index]!]);
    return best(new Map(pairs), rowOf(session[step - 1]!));
  };
}

function added(inputs: Float32Array): Float32Array {
  return Float32Array.from({ length: inputs.length / INPUTS }, (_, row) =>
    inputs.subarray(row * INPUTS, (row + 1) * INPUTS).reduce((sum, value) => sum + value, 0),
  );
}

/** The highest, without the product at hand. Ties: lower row. */
function best(scores: ReadonlyMap<number, number>, current: number): number[] {
  return [...scores]
    .filter(([row]) => row !== current)
    .sort(([left, mine], [right, theirs]) => theirs - mine || left - right)
    .slice(0, TOP)
    .map(([row]) => row);
}

function chooseStan(): peers.StanOptions {
  const from = Math.floor(0.9 * crowd.length);
  const early = peerSessions.slice(0, from);
  const late = crowd.slice(from).filter((_, index) => index % 8 === 0);
  const tried = STAN_GRID.map((options) => ({
    options,
    hr20: measure(byPeer(peers.stan(early, options)), late).hr20,
  }));
  const chosen = tried.toSorted((left, right) => right.hr20 - left.hr20)[0]!;
  console.log(`STAN: ${JSON.stringify(chosen.options)}, chosen among ${tried.length}`);
  return chosen.options;
}

function measure(system: System, asked: readonly LogRow[][]) {
  const total = { queries: 0, hits5: 0, hits20: 0, reciprocal: 0, gain: 0 };
  const repeats = { queries: 0, hits: 0 };
  const discoveries = { queries: 0, hits: 0 };
  const shown = new Set<number>();
  let ms = 0;
  for (const session of asked) {
    for (let step = 1; step < session.length; step++) {
      const target = rowOf(session[step]!);
      if (target === rowOf(session[step - 1]!)) continue;
      const startedAt = performance.now();
      const top = system(session, step);
      ms += performance.now() - startedAt;
      const place = top.indexOf(target) + 1;
      const isRepeat = session.slice(0, step).some((row) => rowOf(row) === target);
      const kind = isRepeat ? repeats : discoveries;
      kind.queries++;
      total.queries++;
      for (const row of top) shown.add(row);
      if (place === 0) continue;
      kind.hits++;
      total.hits20++;
      if (place <= 5) total.hits5++;
      total.reciprocal += 1 / place;
      total.gain += 1 / Math.log2(place + 1);
    }
  }
  const { queries } = total;
  return {
    queries,
    hr5: total.hits5 / queries,
    hr20: total.hits20 / queries,
    mrr20: total.reciprocal / queries,
    ndcg20: total.gain / queries,
    hr20Repeat: repeats.hits / Math.max(1, repeats.queries),
    hr20Discovery: discoveries.hits / Math.max(1, discoveries.queries),
    coverage: shown.size / catalog.size,
    msPerQuery: ms / queries,
  };
}
