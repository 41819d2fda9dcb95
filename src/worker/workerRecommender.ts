import type { Recommender, Status } from "../engine/recommender.ts";
import { type RemoteMethod, type Reply, type Request, receivedError } from "./protocol.ts";
import type { OpenOptions } from "./startRecommender.ts";

export type { OpenOptions };

/**
 * Opens a shop's recommender in a worker; where no worker can run, the same engine runs on the page,
 * training in short slices, and the status says so.
 * @throws {Error} when the catalogue cannot be loaded.
 */
export async function openRecommender(options: OpenOptions): Promise<Recommender> {
  const absolute = {
    ...options,
    catalog: absoluteUrl(options.catalog),
    pack: absoluteUrl(options.pack),
  };
  const settings = absolute as OpenOptions;
  let worker: Worker;
  try {
    worker = await startWorker();
  } catch (error) {
    const { startRecommender } = await import("./startRecommender.ts");
    const notice = `The recommender runs on the page: ${(error as Error).message}`;
    return startRecommender(settings, "page", [notice]);
  }
  return connect(worker, settings);
}

/** Addresses are the page's, not the worker script's. */
function absoluteUrl(value: unknown): unknown {
  return typeof value === "string" ? new URL(value, self.location.href).href : value;
}

/** Resolves once the worker's script runs; a blocked or missing script only tells by an error event. */
function startWorker(): Promise<Worker> {
  return new Promise((resolve, reject) => {
    if (typeof Worker === "undefined") throw new Error("this browser has no Worker");
    const worker = new Worker(new URL("./recommender.worker.ts", import.meta.url), {
      type: "module",
    });
    worker.addEventListener("message", () => resolve(worker), { once: true });
    worker.addEventListener("error", (event) =>
      reject(new Error(event.message || "the worker's script did not load")),
    );
  });
}

async function connect(worker: Worker, options: OpenOptions): Promise<Recommender> {
  const waiting = new Map<number, { resolve(value: never): void; reject(error: Error): void }>();
  const listeners = new Set<(status: Status) => void>();
  let status: Status | undefined;
  let nextId = 1;

  worker.addEventListener("message", ({ data }: MessageEvent<Reply>) => {
    if (data.type === "status") {
      status = data.status;
      for (const listener of listeners) listener(status);
      return;
    }
    if (data.type === "ready") return;
    const call = waiting.get(data.id);
    waiting.delete(data.id);
    if (data.type === "result") call?.resolve(data.value as never);
    else call?.reject(receivedError(data.error));
  });

  worker.addEventListener("error", ({ message }) => {
    for (const { reject } of waiting.values()) reject(new Error(`The worker failed: ${message}`));
    waiting.clear();
  });

  function send<Result>(request: Omit<Request, "id">): Promise<Result> {
    const id = nextId++;
    return new Promise((resolve, reject) => {
      waiting.set(id, { resolve, reject });
      worker.postMessage({ ...request, id });
    });
  }

  function remote<M extends RemoteMethod>(method: M): Recommender[M] {
    return ((...args: unknown[]) =>
      send({ type: "call", method, args } as never)) as Recommender[M];
  }

  await send({ type: "open", options } as never);
  const closeRemote = remote("close");
  return {
    observe: remote("observe"),
    recommend: remote("recommend"),
    inspect: remote("inspect"),
    train: remote("train"),
    settled: remote("settled"),
    exportNetwork: remote("exportNetwork"),
    importNetwork: remote("importNetwork"),
    erase: remote("erase"),
    subscribe(listener) {
      listeners.add(listener);
      if (status) listener(status);
      return () => listeners.delete(listener);
    },
    async close() {
      await closeRemote();
      listeners.clear();
      worker.terminate();
    },
  };
}
