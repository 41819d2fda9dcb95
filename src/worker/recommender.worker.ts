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
    recommender = await startRecommender(request.options, "worker");
    recommender.subscribe((status) => reply({ type: "status", status }));
    return undefined;
  }
  if (request.type === "ping") return undefined;
  if (recommender === undefined) throw new Error(`${request.method} was called before open`);
  const call = recommender[request.method] as (...args: unknown[]) => Promise<unknown>;
  return call(...request.args);
}

function reply(message: Reply): void {
  scope.postMessage(message);
}

reply({ type: "ready" });
