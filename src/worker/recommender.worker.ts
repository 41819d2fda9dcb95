import type { OpenOptions } from "./openOptions.ts";
import type { WorkerMessage, WorkerRequest } from "./protocol.ts";
import { type Methods, replyTo } from "./rpc.ts";
import { startRecommender } from "./startRecommender.ts";

/** Runs one recommender off the page's thread and answers its calls. */
const scope = self as unknown as DedicatedWorkerGlobalScope;

/** Before it is open, that is all it can do. */
const methods: Methods = { open };

scope.addEventListener("message", async ({ data }: MessageEvent<WorkerRequest>) => {
  post(data.type === "ping" ? { type: "alive" } : await replyTo(data, methods));
});

async function open(options: OpenOptions): Promise<void> {
  const opening = startRecommender(options, "worker");
  readLocales(); // While its files come.
  const { subscribe, ...remote } = await opening;
  Object.assign(methods, remote);
  subscribe((status) => post({ type: "status", status }));
}

/**
 * Chromium reads all locales' currencies before a process's first number format, which takes some 45 ms.
 * Where they are read on this thread, the page does not wait for them when it writes its first price.
 */
function readLocales(): void {
  Intl.NumberFormat.supportedLocalesOf("en");
}

function post(message: WorkerMessage): void {
  scope.postMessage(message);
}

post({ type: "ready" });
