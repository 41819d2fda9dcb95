import type { Recommender } from "../engine/recommender.ts";
import { postedError, type Reply, type Request } from "./protocol.ts";
import { startRecommender } from "./startRecommender.ts";

/** Runs one recommender off the page's thread and answers its calls. */
let recommender: Recommender | undefined;

const scope = self as unknown as DedicatedWorkerGlobalScope;

scope.addEventListener("message", async ({ data: request }: MessageEvent<Request>) => {
  const { id } = request;
  try {
    reply({ type: "result", id, value: await answer(request) });
  } catch (error) {
    reply({ type: "failure", id, error: postedError(error) });
  }
});

async function answer(request: Request): Promise<unknown> {
  if (request.type === "open") {
    const opening = startRecommender(request.options, "worker");
    readLocales(); // While its files come.
    recommender = await opening;
    recommender.subscribe((status) => reply({ type: "status", status }));
    return undefined;
  }
  if (request.type === "ping") return undefined;
  if (recommender === undefined) throw new Error(`${request.method} was called before open`);
  const call = recommender[request.method] as (...args: unknown[]) => Promise<unknown>;
  return call(...request.args);
}

/**
 * Chromium reads all locales' currencies before a process's first number format, which takes some 45 ms.
 * Where they are read on this thread, the page does not wait for them when it writes its first price.
 */
function readLocales(): void {
  Intl.NumberFormat.supportedLocalesOf("en");
}

function reply(message: Reply): void {
  scope.postMessage(message);
}

reply({ type: "ready" });
