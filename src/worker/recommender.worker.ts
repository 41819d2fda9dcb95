import type { OpenOptions } from "./openOptions.ts";
import type { WorkerMessage, WorkerRequest } from "./protocol.ts";
import { type Methods, replyTo } from "./rpc.ts";
import { startRecommender } from "./startRecommender.ts";

/** Runs one recommender off the page's thread and answers its calls. */
const scope = self as unknown as DedicatedWorkerGlobalScope;

/** Until it is open, only `open` is available. */
const methods: Methods = { open };

scope.addEventListener("message", async ({ data }: MessageEvent<WorkerRequest>) => {
  post(data.type === "ping" ? { type: "alive" } : await replyTo(data, methods));
});

async function open(options: OpenOptions): Promise<void> {
  const opening = startRecommender(options, "worker");
  readLocales(); // While its files load.
  const { subscribe, ...remote } = await opening;
  Object.assign(methods, remote);
  subscribe((status) => post({ type: "status", status }));
}

/**
 * Chromium reads the currencies of all locales before a process's first number format, which takes about
 * 45 ms. Reading them on this thread spares the page that wait for its first price.
 */
function readLocales(): void {
  Intl.NumberFormat.supportedLocalesOf("en");
}

function post(message: WorkerMessage): void {
  scope.postMessage(message);
}

post({ type: "ready" });
