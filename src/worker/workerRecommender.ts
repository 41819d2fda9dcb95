import type { Recommender, Status } from "../engine/recommender.ts";
import { type RemoteMethod, type Reply, type Request, receivedError } from "./protocol.ts";
import type { OpenOptions } from "./startRecommender.ts";
import { startWorker, WorkerError, type WorkerWay } from "./startWorker.ts";

/** Where the engine's code is to be had. */
export interface EngineCode {
  /** Ways to start its worker, best first. */
  workers: readonly WorkerWay[];
  /** The same engine for the page's own thread, loaded only when no worker runs. */
  onPage(): Promise<typeof import("./startRecommender.ts")>;
}

const METHODS: Record<RemoteMethod, true> = {
  observe: true,
  recommend: true,
  products: true,
  inspect: true,
  train: true,
  settled: true,
  exportNetwork: true,
  importNetwork: true,
  erase: true,
  exportFile: true,
  importFile: true,
  why: true,
  surrogates: true,
  interests: true,
  storage: true,
  tasteCard: true,
  reliability: true,
  requests: true,
  forget: true,
  mute: true,
  unmute: true,
  setRetention: true,
  pause: true,
  resume: true,
  startGuestVisit: true,
  endGuestVisit: true,
  setConsent: true,
  close: true,
};

/** While a call waits the worker is asked so often whether it lives; then it counts as hung. */
const BEAT_MS = 1500;
const MAX_SILENT_BEATS = 2;
/** Reading a large catalog on a slow device may take its time. */
const MAX_SILENT_BEATS_AT_FIRST = 20;
/** After so many restarts the page does the work itself. */
const MAX_RESTARTS = 3;

/**
 * Opens a shop's recommender in a worker. A worker that hangs or crashes is replaced; what it had
 * stored is there again, and calls it had not answered are made again. Where no worker can run, the
 * same engine runs on the page, training in short slices. The status tells of either.
 * @throws {Error} when the catalog cannot be loaded.
 */
export async function workerRecommender(
  options: OpenOptions,
  code: EngineCode,
): Promise<Recommender> {
  const settings = {
    ...options,
    catalog: absoluteUrl(options.catalog),
    pack: absoluteUrl(options.pack),
    globalPrivacyControl: options.globalPrivacyControl ?? globalPrivacyControl(),
  } as OpenOptions;
  const listeners = new Set<(status: Status) => void>();
  const calls = new Map<number, Call>();
  const warnings = [...(options.warnings ?? [])];
  let status: Status | undefined;
  let nextId = 1;
  let restarts = 0;
  let engine = await open();

  /** The engine in a worker, or on the page where there is none. */
  async function open(trainer = settings.trainer): Promise<Engine> {
    // A guest whose worker is replaced is still a guest.
    const guest = status ? status.recording.because === "guest" : settings.guest;
    const current = { ...settings, guest, warnings, ...(trainer === undefined ? {} : { trainer }) };
    try {
      if (restarts > MAX_RESTARTS) throw new Error(`its worker failed ${restarts} times`);
      const worker = await startWorker(code.workers);
      return await openInWorker(worker, current, { onStatus: emit, onFault: replace });
    } catch (error) {
      if (!(error instanceof WorkerError) && restarts <= MAX_RESTARTS) throw error;
      const message = `The recommender runs on the page: ${(error as Error).message}`;
      warnings.push({ code: "runs-on-page", params: {}, message });
      return openOnPage(current, code, emit);
    }
  }

  function emit(now: Status): void {
    status = now;
    for (const listener of listeners) listener(now);
  }

  /** A GPU driver is the likeliest to hang a worker, so the next one trains without. */
  async function replace(fault: string): Promise<void> {
    restarts++;
    const message = `The recommender was started anew: ${fault}`;
    warnings.push({ code: "started-anew", params: {}, message });
    try {
      engine = await open("plain");
      for (const call of [...calls.values()]) make(call);
    } catch (error) {
      for (const call of calls.values()) call.reject(error as Error);
      calls.clear();
    }
  }

  function make(call: Call): void {
    const settle = <Value>(done: (value: Value) => void) => {
      const asked = engine;
      return (value: Value) => {
        if (asked !== engine || !calls.delete(call.id)) return; // Asked again of another engine.
        done(value);
      };
    };
    engine.call(call.method, call.args).then(settle(call.resolve), settle(call.reject));
  }

  function remote<M extends RemoteMethod>(method: M): Recommender[M] {
    return ((...args: unknown[]) =>
      new Promise((resolve, reject) => {
        const call = { id: nextId++, method, args, resolve, reject };
        calls.set(call.id, call);
        make(call);
      })) as Recommender[M];
  }

  const remotes = Object.fromEntries(
    Object.keys(METHODS).map((method) => [method, remote(method as RemoteMethod)]),
  ) as Pick<Recommender, RemoteMethod>;
  return {
    ...remotes,
    subscribe(listener) {
      listeners.add(listener);
      if (status) listener(status);
      return () => listeners.delete(listener);
    },
    async close() {
      await remotes.close();
      listeners.clear();
      engine.end();
    },
  };
}

/** A method called by the page and not answered yet. */
interface Call {
  id: number;
  method: RemoteMethod;
  args: unknown[];
  resolve(value: unknown): void;
  reject(error: Error): void;
}

/** Wherever the engine runs. */
interface Engine {
  call(method: RemoteMethod, args: unknown[]): Promise<unknown>;
  end(): void;
}

async function openOnPage(
  options: OpenOptions,
  code: EngineCode,
  onStatus: (status: Status) => void,
): Promise<Engine> {
  const { startRecommender } = await code.onPage();
  const recommender = await startRecommender(options, "page");
  recommender.subscribe(onStatus);
  return {
    call: (method, args) =>
      (recommender[method] as (...args: unknown[]) => Promise<unknown>)(...args),
    end() {},
  };
}

interface WorkerHooks {
  onStatus(status: Status): void;
  /** The worker hangs or crashed, and was ended. */
  onFault(fault: string): void;
}

async function openInWorker(
  worker: Worker,
  options: OpenOptions,
  { onStatus, onFault }: WorkerHooks,
): Promise<Engine> {
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  let nextId = 1;
  let silentBeats = 0;
  let heart: ReturnType<typeof setInterval> | undefined;

  worker.addEventListener("message", ({ data }: MessageEvent<Reply>) => {
    silentBeats = 0;
    if (data.type === "status") onStatus(data.status);
    if (data.type !== "result" && data.type !== "failure") return;
    const call = waiting.get(data.id);
    waiting.delete(data.id);
    if (waiting.size === 0) rest();
    if (data.type === "result") call?.resolve(data.value);
    else call?.reject(receivedError(data.error));
  });
  worker.addEventListener("error", ({ message }) => fail(`its worker failed: ${message}`));

  function send(request: Unnumbered<Request>): Promise<unknown> {
    const id = nextId++;
    return new Promise((resolve, reject) => {
      waiting.set(id, { resolve, reject });
      worker.postMessage({ ...request, id });
      heart ??= setInterval(beat, BEAT_MS);
    });
  }

  /** Beats are counted, not measured: a page that was asleep must not take its sleep for silence. */
  function beat(): void {
    const max = waiting.has(1) ? MAX_SILENT_BEATS_AT_FIRST : MAX_SILENT_BEATS;
    if (++silentBeats > max) fail("its worker did not answer");
    else worker.postMessage({ type: "ping", id: 0 } satisfies Request);
  }

  function rest(): void {
    clearInterval(heart);
    heart = undefined;
    silentBeats = 0;
  }

  function fail(fault: string): void {
    rest();
    worker.terminate();
    const isOpening = waiting.has(1);
    waiting.get(1)?.reject(new WorkerError(fault));
    waiting.clear();
    if (!isOpening) onFault(fault);
  }

  await send({ type: "open", options });
  return {
    call: (method, args) => send({ type: "call", method, args } as Unnumbered<Request>),
    end() {
      rest();
      worker.terminate();
    },
  };
}

type Unnumbered<Message> = Message extends Request ? Omit<Message, "id"> : never;

/** Not every browser has the signal, and TypeScript knows it of none. */
function globalPrivacyControl(): boolean {
  return (navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl === true;
}

/** Addresses are the page's, not the worker script's. */
function absoluteUrl(value: unknown): unknown {
  return typeof value === "string" ? new URL(value, self.location.href).href : value;
}
