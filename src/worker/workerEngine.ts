import type { Status } from "../engine/recommender.ts";
import { createHeartbeat } from "./heartbeat.ts";
import type { OpenOptions } from "./openOptions.ts";
import type { RemoteMethod, WorkerMessage, WorkerRequest } from "./protocol.ts";
import { createCaller, isReply } from "./rpc.ts";
import { WorkerError } from "./startWorker.ts";

/** The engine that runs the recommender, from its page's point of view. */
export interface Engine {
  call(method: RemoteMethod, args: unknown[]): Promise<unknown>;
  /** Ends it; pending calls are never answered. */
  end(): void;
}

export interface WorkerHooks {
  onStatus(status: Status): void;
  /** Called when the worker hung or crashed and was ended; its pending calls are never answered. */
  onFault(fault: string): void;
}

const MAX_SILENT_BEATS = 2;
/** Reading a large catalog on a slow device may take a while. */
const MAX_SILENT_BEATS_AT_FIRST = 20;

/** @throws {WorkerError} if the worker fails before it is open; {Error} if the recommender does. */
export async function openInWorker(
  worker: Worker,
  options: OpenOptions,
  { onStatus, onFault }: WorkerHooks,
): Promise<Engine> {
  let isOpen = false;
  const post = (request: WorkerRequest) => worker.postMessage(request);
  const caller = createCaller((call) => post({ type: "call", ...call }));
  const heart = createHeartbeat({
    ping: () => post({ type: "ping" }),
    maxSilentBeats: () => (isOpen ? MAX_SILENT_BEATS : MAX_SILENT_BEATS_AT_FIRST),
    onSilence: () => fail("its worker did not answer"),
  });

  function hear(message: WorkerMessage): void {
    heart.heard();
    if (message.type === "status") onStatus(message.status);
    if (isReply(message)) caller.settle(message);
    if (!caller.isWaiting) heart.stop();
  }

  function fail(fault: string): void {
    end();
    if (isOpen) caller.drop();
    else caller.fail(new WorkerError(fault));
    if (isOpen) onFault(fault);
  }

  function end(): void {
    heart.stop();
    worker.terminate();
  }

  function call(method: RemoteMethod | "open", args: unknown[]): Promise<unknown> {
    heart.start();
    return caller.call(method, args);
  }

  worker.addEventListener("message", ({ data }: MessageEvent<WorkerMessage>) => hear(data));
  worker.addEventListener("error", ({ message }) => fail(`its worker failed: ${message}`));
  await call("open", [options]);
  isOpen = true;
  return { call, end };
}
