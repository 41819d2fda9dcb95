import { decided } from "../engine/kit/decided.ts";
import type { Recommender, Status } from "../engine/recommender.ts";
import type { OpenOptions } from "./openOptions.ts";
import { REMOTE_METHODS, type RemoteMethod, remoteMethods } from "./protocol.ts";
import { startWorker, WorkerError, type WorkerWay } from "./startWorker.ts";
import { type Engine, openInWorker } from "./workerEngine.ts";

/** The locations of the engine's code. */
export interface EngineCode {
  /** Ways to start its worker, best first. */
  workers: readonly WorkerWay[];
  /** The same engine for the page's own thread, loaded only when no worker runs. */
  onPage(): Promise<typeof import("./startRecommender.ts")>;
}

/** After this many restarts the page does the work itself. */
const MAX_RESTARTS = 3;

/**
 * Opens a shop's recommender in a worker. A worker that hangs or crashes is replaced; its stored data is
 * still there, and its pending calls are repeated. If no worker can run, the same engine runs on the page
 * and trains in short slices. The status reports both cases.
 * @throws {Error} when the catalog cannot be loaded.
 */
export async function workerRecommender(
  options: OpenOptions,
  code: EngineCode,
): Promise<Recommender> {
  const { warnings = [] } = options;
  const core: Core = {
    options: forAnyThread(options),
    code,
    warnings: [...warnings],
    listeners: new Set(),
    calls: new Set(),
    restarts: 0,
    status: undefined,
    engine: undefined,
  };
  core.engine = await openEngine(core);
  const remote = remoteMethods(REMOTE_METHODS, (method, args) => call(core, method, args));
  return {
    ...remote,
    subscribe(listener) {
      core.listeners.add(listener);
      if (core.status) listener(core.status);
      return () => core.listeners.delete(listener);
    },
    async close() {
      await remote.close().catch(() => undefined); // A worker that does not answer is ended all the same.
      core.listeners.clear();
      core.engine?.end();
    },
  };
}

interface Core {
  readonly options: OpenOptions;
  readonly code: EngineCode;
  readonly warnings: NonNullable<OpenOptions["warnings"]>;
  readonly listeners: Set<(status: Status) => void>;
  /** The pending calls. */
  readonly calls: Set<PendingCall>;
  restarts: number;
  status: Status | undefined;
  /** Undefined while one opens: calls then wait for it. */
  engine: Engine | undefined;
}

/** A method called by the page. */
interface PendingCall {
  method: RemoteMethod;
  args: unknown[];
  resolve(value: unknown): void;
  reject(error: Error): void;
}

/** The engine in a worker, or on the page if there is none. */
async function openEngine(core: Core, trainer = core.options.trainer): Promise<Engine> {
  const { code, warnings, restarts } = core;
  const { status: resumed } = core;
  const guest = resumed ? false : core.options.guest; // As `resumed` says.
  const options = { ...core.options, guest, resumed, warnings, ...(trainer && { trainer }) };
  const onStatus = (status: Status) => emit(core, status);
  try {
    if (restarts > MAX_RESTARTS) throw new Error(`its worker failed ${restarts} times`);
    const worker = await startWorker(code.workers);
    const onFault = (fault: string) => void replace(core, fault);
    return await openInWorker(worker, options, { onStatus, onFault });
  } catch (error) {
    if (!(error instanceof WorkerError) && restarts <= MAX_RESTARTS) throw error;
    const message = `The recommender runs on the page: ${(error as Error).message}`;
    warnings.push({ code: "runs-on-page", params: {}, message });
    return openOnPage(options, code, onStatus);
  }
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

function emit(core: Core, status: Status): void {
  core.status = status;
  for (const listener of core.listeners) listener(status);
}

/** A GPU driver is the most likely cause of a hang, so the next worker trains without a GPU. */
async function replace(core: Core, fault: string): Promise<void> {
  core.restarts++;
  core.engine = undefined;
  const message = `The recommender was started anew: ${fault}`;
  core.warnings.push({ code: "started-anew", params: {}, message });
  try {
    core.engine = await openEngine(core, "plain");
    for (const pending of [...core.calls]) make(core, again(pending));
  } catch (error) {
    for (const pending of core.calls) pending.reject(error as Error);
    core.calls.clear();
  }
}

/** Decisions of the shopper, which must not wait for a worker that hangs. */
const DECISIONS = /erase|forget|mute|pause|resume|set[RC]|close|Guest/;
const DECISION_MS = 2000;

function call(core: Core, method: RemoteMethod, args: unknown[]): Promise<unknown> {
  const made = new Promise((resolve, reject) => {
    const pending = { method, args: method === "observe" ? timed(args) : args, resolve, reject };
    core.calls.add(pending);
    make(core, pending);
  });
  return DECISIONS.test(method) ? decided(made, DECISION_MS) : made;
}

/** The events with the time of the call, so that a repeated call stores none of them twice. */
function timed([events]: unknown[]): unknown[] {
  const at = Date.now();
  const list = [events].flat() as object[];
  return [list.map((one) => (Object(one) === one ? { at, ...one } : one))];
}

function again(pending: PendingCall): PendingCall {
  if (pending.method === "observe") pending.args[1] = true;
  return pending;
}

/** Settles a call with the current engine's answer, and ignores one that was replaced. */
function make(core: Core, pending: PendingCall): void {
  const { engine } = core;
  if (engine === undefined) return;
  const settle = (done: () => void) => {
    if (engine === core.engine && core.calls.delete(pending)) done();
  };
  engine.call(pending.method, pending.args).then(
    (value) => settle(() => pending.resolve(value)),
    (error: Error) => settle(() => pending.reject(error)),
  );
}

/** Options for any thread: addresses are resolved against the page, not the worker's script. */
function forAnyThread(options: OpenOptions): OpenOptions {
  return {
    ...options,
    catalog: absoluteUrl(options.catalog),
    ...(options.pack !== undefined && { pack: absoluteUrl(options.pack) }),
    globalPrivacyControl: options.globalPrivacyControl ?? globalPrivacyControl(),
  };
}

function absoluteUrl<Value>(value: Value): Value | string {
  return typeof value === "string" ? new URL(value, self.location.href).href : value;
}

/** Not every browser has the signal, and TypeScript's library lacks it. */
function globalPrivacyControl(): boolean {
  return (navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl === true;
}
