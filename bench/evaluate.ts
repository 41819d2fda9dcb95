import { gunzipSync } from "node:zlib";
import { candidatesOf, rowsByPopularity } from "../src/engine/candidates.ts";
import { collectExamples, joinExamples } from "../src/engine/examples.ts";
import { inputsOf } from "../src/engine/features.ts";
import { createHistory } from "../src/engine/history.ts";
import { momentOf } from "../src/engine/moment.ts";
import { createRandom } from "../src/engine/random.ts";
import { score } from "../src/engine/score.ts";
import { plainTrainer } from "../src/engine/trainer/plain.ts";
import { train } from "../src/engine/trainer/train.ts";
import { crossEntropy } from "../src/engine/trainer/training.ts";
import { buildItemPack } from "../src/merchant/buildItemPack.ts";
import { catalogOf, eventOf, readShopLog, sessionsOf } from "../src/merchant/shopLog.ts";

void gunzipSync;
const [file, everyArg = "8", capArg = "1"] = process.argv.slice(2);
const t0 = performance.now();
const rows = readShopLog(file!);
const sessions = sessionsOf(rows).filter((s) => s.length > 1);
console.log("read", rows.length, sessions.length, ((performance.now() - t0) / 1000).toFixed(1));
const cut1 = Math.floor(sessions.length * 0.65),
  cut2 = Math.floor(sessions.length * 0.8);
const cap = Number(capArg);
const catalog = catalogOf(rows);
const crowd = (upTo: number) =>
  sessions
    .slice(0, upTo)
    .map((s) => ({ shopper: s[0]!.userId || s[0]!.sessionId, events: s.map(eventOf) }));
const opt = { minShoppers: 1 };
const packA = buildItemPack(crowd(cut1), catalog, opt).pack;
const packB = buildItemPack(crowd(cut2), catalog, opt).pack;
console.log("packs", packB.neighbours.length, ((performance.now() - t0) / 1000).toFixed(1));
const random = createRandom(1);
const popA = rowsByPopularity(packA),
  popB = rowsByPopularity(packB);
const trainSessions = sessions.slice(cut1, cut2).filter((_, i) => i % cap === 0);
const sets = trainSessions.map((s) =>
  collectExamples(
    s.map(eventOf),
    { catalog, pack: packA, popularRows: popA, random },
    { negatives: 24 },
  ),
);
const examples = joinExamples(sets);
console.log("examples", examples.size, ((performance.now() - t0) / 1000).toFixed(1));
const result = await train(
  examples,
  { epochs: 60, batchSize: 128, learningRate: 0.01, validationSplit: 0.1, patience: 10 },
  [plainTrainer],
);
const net = result.networks[0]!;
console.log(
  "trained",
  result.bestEpochs,
  result.history.at(-1),
  crossEntropy(net, examples).toFixed(4),
  ((performance.now() - t0) / 1000).toFixed(1),
);
type Sys = { name: string; f: (x: Float32Array) => ArrayLike<number>; hits: number; mrr: number };
const col = (c: number) => (x: Float32Array) =>
  Float32Array.from({ length: x.length / 4 }, (_, i) => x[i * 4 + c]!);
const systems: Sys[] = [
  { name: "cov", f: col(0), hits: 0, mrr: 0 },
  { name: "own", f: col(1), hits: 0, mrr: 0 },
  { name: "content", f: col(2), hits: 0, mrr: 0 },
  { name: "pop", f: col(3), hits: 0, mrr: 0 },
  {
    name: "sum",
    f: (x) =>
      Float32Array.from(
        { length: x.length / 4 },
        (_, i) => x[i * 4]! + x[i * 4 + 1]! + x[i * 4 + 2]! + x[i * 4 + 3]!,
      ),
    hits: 0,
    mrr: 0,
  },
  { name: "network", f: (x) => score([net], x), hits: 0, mrr: 0 },
];
let queries = 0,
  inCand = 0,
  candTotal = 0;
const means = [0, 0, 0, 0, 0, 0, 0, 0];
const tq = performance.now();
for (const s of sessions.slice(cut2).filter((_, i) => i % Number(everyArg) === 0)) {
  const history = createHistory(catalog);
  s.forEach((row, i) => {
    const e = eventOf(row);
    if (i > 0) {
      const target = catalog.rowOf(row.productId)!;
      const moment = momentOf(history, { catalog, pack: packB, at: e.at });
      const current = history.recent[0]!.row;
      if (target === current) {
        history.apply(e);
        return;
      }
      const cand = candidatesOf(moment, popB).filter((r) => r !== current);
      queries++;
      candTotal += cand.length;
      const pos = cand.indexOf(target);
      if (pos >= 0) {
        inCand++;
        const x = inputsOf(moment, cand);
        for (let c = 0; c < 4; c++) means[c]! += x[pos * 4 + c]!;
        for (const sys of systems) {
          const sc = sys.f(x);
          let rank = 1;
          for (let j = 0; j < cand.length; j++)
            if (sc[j]! > sc[pos]! || (sc[j] === sc[pos] && j < pos)) rank++;
          if (rank <= 20) {
            sys.hits++;
            sys.mrr += 1 / rank;
          }
        }
      }
    }
    history.apply(e);
  });
}
console.log(
  "queries",
  queries,
  "inCand",
  (inCand / queries).toFixed(3),
  "avg cand",
  (candTotal / queries).toFixed(0),
  "target means",
  means
    .slice(0, 4)
    .map((m) => (m / inCand).toFixed(3))
    .join(" "),
  "ms/q",
  ((performance.now() - tq) / queries).toFixed(2),
);
for (const s of systems)
  console.log(s.name.padEnd(9), (s.hits / queries).toFixed(4), (s.mrr / queries).toFixed(4));
