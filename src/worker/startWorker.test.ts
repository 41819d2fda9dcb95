import { afterEach, describe, expect, it, vi } from "vitest";
import { startWorker, WorkerError, workerWays } from "./startWorker.ts";

/** A worker whose script runs or fails once it is started. */
class FakeWorker extends EventTarget {
  isEnded = false;
  readonly address: string;
  constructor(address: unknown) {
    super();
    this.address = String(address);
  }
  terminate(): void {
    this.isEnded = true;
  }
}

function way(worker: FakeWorker, outcome: "message" | "error" = "message") {
  return () => {
    queueMicrotask(() => worker.dispatchEvent(new Event(outcome)));
    return worker as unknown as Worker;
  };
}

function throwing(message: string): () => never {
  return () => {
    throw new Error(message);
  };
}

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("startWorker", () => {
  it("uses the first way that works", async () => {
    const [first, second] = [new FakeWorker("first"), new FakeWorker("second")];
    expect(await startWorker([way(first), way(second)])).toBe(first);
  });

  it("continues after a way that throws and one whose script never runs", async () => {
    const dead = new FakeWorker("dead");
    const third = new FakeWorker("third");
    expect(await startWorker([throwing("other site"), way(dead, "error"), way(third)])).toBe(third);
    expect(dead.isEnded).toBe(true);
  });

  it("gives up on a script that never arrives, and ends its worker", async () => {
    vi.useFakeTimers();
    const silent = new FakeWorker("silent");
    const starting = startWorker([() => silent as unknown as Worker]).catch((error) => error);
    await vi.advanceTimersByTimeAsync(15_000);
    expect(await starting).toBeInstanceOf(WorkerError);
    expect((await starting).message).toBe("The code did not arrive in 15000 ms");
    expect(silent.isEnded).toBe(true);
  });

  it("reports why each way failed", async () => {
    const starting = startWorker([throwing("other site"), throwing("no blobs")]);
    await expect(starting).rejects.toThrow(WorkerError);
    await expect(starting).rejects.toThrow("other site; no blobs");
  });
});

describe("workerWays", () => {
  it("are the script itself, then a script of the page's own that imports it", async () => {
    vi.stubGlobal("self", globalThis);
    vi.stubGlobal("Worker", FakeWorker);
    const address = "https://cdn.example/recommender.worker.js";
    const [script, importer] = workerWays(address).map((start) => start() as unknown as FakeWorker);
    expect(script!.address).toBe(address);
    expect(await (await fetch(importer!.address)).text()).toBe(`import "${address}";`);
  });

  it("pass the address through a policy named vitrine if the page requires one", () => {
    const names: string[] = [];
    const trustedTypes = {
      createPolicy: (name: string) => {
        names.push(name);
        return { createScriptURL: (address: string) => `trusted ${address}` };
      },
    };
    vi.stubGlobal("self", { trustedTypes });
    vi.stubGlobal("Worker", FakeWorker);
    const worker = workerWays("/w.js")[0]!() as unknown as FakeWorker;
    expect(worker.address).toBe("trusted /w.js");
    expect(names).toEqual(["vitrine"]);
  });

  it("throw if the browser has no workers", () => {
    vi.stubGlobal("Worker", undefined);
    expect(workerWays("/w.js")[0]!).toThrow("this browser has no Worker");
  });
});
