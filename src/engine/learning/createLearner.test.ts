import { describe, expect, it, vi } from "vitest";
import { fakeLocks } from "../../testing/fakeLocks.ts";
import { coffeeShopper, NOW, randomNetwork, view } from "../../testing/fixtures.ts";
import { catalog, logOf, pack, prior } from "../../testing/openLog.ts";
import { networksFromBytes, networksToBytes } from "../network/networkFile.ts";
import { rowsByPopularity } from "../ranking/candidates.ts";
import type { ShopperLog } from "../store/shopperLog.ts";
import { createLearner, type LearnerOptions } from "./learner.ts";
import { IDLE_MS } from "./schedule.ts";

function learnerOf(log: ShopperLog, given: Partial<LearnerOptions> = {}) {
  const onChange = vi.fn<() => void>();
  const onWarning = vi.fn<LearnerOptions["onWarning"]>();
  const learner = createLearner({
    log,
    catalog,
    pack,
    shards: undefined,
    popularRows: rowsByPopularity(pack),
    prior,
    clock: () => NOW,
    seed: 1,
    preference: "plain",
    thread: "worker",
    webgl: undefined,
    lockName: "training",
    onChange,
    onWarning,
    ...given,
  });
  return { learner, onChange, onWarning };
}

/** The log with some of its methods replaced. */
function logWith(log: ShopperLog, replaced: Partial<ShopperLog>): ShopperLog {
  return Object.assign(Object.create(log) as ShopperLog, replaced);
}

/** Enough evidence for a personal network. */
const REGULAR = coffeeShopper(6);
/** Too little evidence: the prior stays. */
const GLANCES = [view("k1"), view("g4")];

describe("the network in use", () => {
  it("is the shopper's own after a training with evidence, and stored", async () => {
    const log = await logOf(REGULAR);
    const { learner } = learnerOf(log);
    expect(learner).toMatchObject({ kind: "prior", networks: [prior] });
    const report = (await learner.train())!;
    expect(report.bestEpoch).toBeGreaterThan(0);
    expect(learner).toMatchObject({ kind: "personal", lastTraining: report });
    const stored = await log.readValue("network", (value) => value as ArrayBuffer);
    expect(networksFromBytes(stored!)).toEqual(learner.networks);
  });

  it("stays the prior if a training finds no evidence, also on the next visit", async () => {
    const log = await logOf(GLANCES);
    const { learner } = learnerOf(log);
    expect(await learner.train()).toMatchObject({ bestEpoch: 0, interactions: 2 });
    expect(learner).toMatchObject({ kind: "prior", networks: [prior] });
    const next = learnerOf(log).learner;
    await next.restore();
    expect(next).toMatchObject({ kind: "prior", lastTraining: { bestEpoch: 0 } });
  });

  it.each([
    ["all equal the prior", [prior, prior], "prior"],
    ["one differs from the prior", [prior, randomNetwork(3)], "personal"],
  ] as const)("is named by what was stored: %s", async (_, networks, kind) => {
    const log = await logOf([]);
    await log.writeValue("network", networksToBytes(networks));
    const { learner } = learnerOf(log);
    await learner.restore();
    expect(learner.kind).toBe(kind);
    expect(learner.networks).toHaveLength(2);
  });

  it("is the prior again after a reset", async () => {
    const { learner, onChange } = learnerOf(await logOf(REGULAR));
    await learner.train();
    onChange.mockClear();
    await learner.reset();
    expect(learner).toMatchObject({ kind: "prior", networks: [prior], lastTraining: undefined });
    expect(onChange).toHaveBeenCalledOnce();
  });

  it("is not kept if it was reset while it was being saved", async () => {
    const log = await logOf(REGULAR);
    let reset: Promise<void> | undefined;
    const writeValue: ShopperLog["writeValue"] = async (key, value, signal) => {
      if (key === "network") reset ??= learner.reset();
      await log.writeValue(key, value, signal);
    };
    const { learner, onWarning } = learnerOf(logWith(log, { writeValue }));
    expect(await learner.train()).toBeUndefined();
    await reset;
    expect(await log.readValue("network", (value) => value)).toBeUndefined();
    expect(learner).toMatchObject({ kind: "prior", lastTraining: undefined });
    expect(onWarning).not.toHaveBeenCalled();
  });
});

describe("a training", () => {
  it("uses the given trainer instead of the preferred one", async () => {
    const { learner } = learnerOf(await logOf(REGULAR), { preference: "webgl" });
    await learner.train("plain");
    expect(learner.choice).toMatchObject({ trainer: "plain", reason: { code: "asked-for" } });
  });

  it("that fails ends with a warning, and the network stays", async () => {
    const log = await logOf(REGULAR);
    const newest = () => Promise.reject(new Error("disk is gone"));
    const { learner, onWarning } = learnerOf(logWith(log, { newest }));
    expect(await learner.train()).toBeUndefined();
    expect(onWarning.mock.calls).toMatchObject([
      [{ code: "training-stopped", message: "Training stopped: disk is gone" }],
    ]);
    expect(learner).toMatchObject({ kind: "prior", lastTraining: undefined, progress: undefined });
  });

  it("that is stopped by a reset ends without a warning", async () => {
    let reset: Promise<void> | undefined;
    const { learner, onWarning } = learnerOf(await logOf(REGULAR), {
      onChange() {
        if (learner.progress) reset ??= learner.reset();
      },
    });
    expect(await learner.train()).toBeUndefined();
    await reset;
    expect(onWarning).not.toHaveBeenCalled();
  });

  it("reports no more than one epoch per interval", async () => {
    vi.spyOn(performance, "now").mockReturnValue(5000);
    const seen: (number | undefined)[] = [];
    const { learner } = learnerOf(await logOf(REGULAR), {
      onChange: () => seen.push(learner.progress?.epoch),
    });
    const { epochs } = (await learner.train())!;
    expect(epochs).toBeGreaterThan(1);
    expect(seen.filter((epoch) => epoch === 1)).toHaveLength(1);
    expect(new Set(seen)).toEqual(new Set([1, epochs, undefined]));
  });

  it("does not start when the shopper pauses and none is due", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const { learner } = learnerOf(await logOf(GLANCES));
    learner.onNewEvents();
    await vi.advanceTimersByTimeAsync(IDLE_MS);
    await learner.settled();
    expect(learner.lastTraining).toBeUndefined();
  });

  it("starts when the shopper pauses and one is due", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const { learner } = learnerOf(await logOf(REGULAR));
    learner.onNewEvents();
    await vi.advanceTimersByTimeAsync(IDLE_MS - 1);
    expect(vi.getTimerCount()).toBe(1);
    await vi.advanceTimersByTimeAsync(1);
    await learner.settled();
    expect(learner.lastTraining).toMatchObject({ interactions: 24 });
  });
});

it("a stored network that cannot be read is reported, and one is trained when the shopper pauses", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const log = await logOf(REGULAR);
  await log.writeValue("network", new ArrayBuffer(8));
  const { learner, onWarning } = learnerOf(log);
  await learner.restore();
  const message = expect.stringContaining("could not be read and is trained anew");
  expect(onWarning.mock.calls).toMatchObject([[{ code: "network-unreadable", message }]]);
  await vi.advanceTimersByTimeAsync(IDLE_MS);
  await learner.settled();
  expect(learner.kind).toBe("personal");
});

it("a browser without locks trains all the same", async () => {
  vi.stubGlobal("navigator", {});
  const { learner } = learnerOf(await logOf(GLANCES));
  expect(await learner.train()).toMatchObject({ interactions: 2 });
});

describe("while another tab trains", () => {
  /** Holds the training's lock like another tab, until `release` is called. */
  function holdLock() {
    const locks = fakeLocks();
    vi.stubGlobal("navigator", { locks });
    let end = () => {};
    const ended = locks.request("training", () => {
      return new Promise<void>((resolve) => {
        end = resolve;
      });
    });
    return {
      async release() {
        end();
        await ended;
      },
    };
  }

  it("a training is left to it, and one that is still due starts at the next pause", async () => {
    const { release } = holdLock();
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const { learner } = learnerOf(await logOf(REGULAR));
    expect(await learner.train()).toBeUndefined();
    expect(learner.lastTraining).toBeUndefined();
    expect(vi.getTimerCount()).toBe(1);
    await release();
    await vi.advanceTimersByTimeAsync(IDLE_MS);
    await learner.settled();
    expect(learner.lastTraining).toMatchObject({ interactions: 24 });
  });

  it.each(["settled", "relearn"] as const)("%s waits, and trains afterwards", async (method) => {
    const { release } = holdLock();
    const log = await logOf(REGULAR);
    const { learner } = learnerOf(log);
    let isDone = false;
    const waiting = learner[method]().then(() => {
      isDone = true;
    });
    // A training that did not wait would be over by the end of this one, which began later.
    await learnerOf(log, { lockName: "another" }).learner.train();
    expect([isDone, learner.lastTraining]).toEqual([false, undefined]);
    await release();
    await waiting;
    expect(learner.lastTraining).toMatchObject({ interactions: 24 });
  });

  it("settled trains no more if that tab has learned from the same events", async () => {
    const { release } = holdLock();
    const log = await logOf(REGULAR);
    const { learner } = learnerOf(log);
    const waiting = learner.settled();
    const other = learnerOf(log, { lockName: "another", clock: () => NOW + 1 }).learner;
    await other.train();
    await learner.restore();
    await release();
    await waiting;
    expect(learner.lastTraining).toMatchObject({ at: NOW + 1 });
  });

  it("waiting ends with a reset, without a warning", async () => {
    holdLock();
    const { learner, onWarning } = learnerOf(await logOf(REGULAR));
    const waiting = learner.settled();
    // It asks for the lock in a later turn.
    await new Promise(setImmediate);
    await learner.reset();
    await waiting;
    expect(learner.lastTraining).toBeUndefined();
    expect(onWarning).not.toHaveBeenCalled();
  });

  it("locks that the browser denies count as missing", async () => {
    const request = () => Promise.reject(new DOMException("no storage", "SecurityError"));
    vi.stubGlobal("navigator", { locks: { request } });
    const { learner } = learnerOf(await logOf(REGULAR));
    expect(await learner.train()).toMatchObject({ interactions: 24 });
  });
});
