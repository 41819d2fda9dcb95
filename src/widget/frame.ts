import type { Recommender } from "../engine/recommender.ts";
import { FRAME_METHODS } from "../worker/protocol.ts";
import { type Methods, postedError, replyTo } from "../worker/rpc.ts";
import { workerWays } from "../worker/startWorker.ts";
import { workerRecommender } from "../worker/workerRecommender.ts";
import {
  type FrameCall,
  type FrameMessage,
  type Hello,
  isHello,
  parseCall,
} from "./frameProtocol.ts";
import { readOption } from "./option.ts";
import { TAG_OPTIONS } from "./tagOptions.ts";

/**
 * The script of `vitrine-frame.html`: a recommender on an origin of its own. Scripts of the shop cannot
 * read its data; what they may call is in `frameProtocol.ts`. The frame's page names the shops it
 * serves, its own catalog, and the share of shelves in the experiment.
 */
const { dataset } = document.documentElement;
const { shops = "", catalog, currency, pack } = dataset;
const experiment = readOption(TAG_OPTIONS.experiment, dataset.experiment, (problem) =>
  console.error(`Vitrine: data-experiment ${problem}`),
);

addEventListener("message", function greet(message: MessageEvent): void {
  if (!isHello(message, { shops: shops.split(/\s+/).filter(Boolean), parent: window.parent }))
    return;
  removeEventListener("message", greet);
  void serve(message.ports[0]!, message.data as Hello);
});

async function serve(port: MessagePort, { consent }: Hello): Promise<void> {
  const post = (message: FrameMessage) => port.postMessage(message);
  try {
    const methods = callableOf(await open(consent));
    port.onmessage = async ({ data }) => {
      const call = callIn(data);
      if (call) post(await replyTo(call, methods));
    };
    post({ type: "ready" });
  } catch (error) {
    post({ type: "failed", error: postedError(error) });
  }
}

function open(consent: Hello["consent"]): Promise<Recommender> {
  return workerRecommender(
    {
      catalog,
      consent,
      experiment,
      ...(currency !== undefined && { currency }),
      ...(pack !== undefined && { pack }),
    },
    {
      workers: workerWays(new URL("recommender.worker.js", import.meta.url).href),
      onPage: () => import(/* @vite-ignore */ new URL("engine.js", import.meta.url).href),
    },
  );
}

/** What the shop's page may call. */
function callableOf(recommender: Recommender): Methods {
  return Object.fromEntries(FRAME_METHODS.map((name) => [name, recommender[name]]));
}

/** Undefined for a message that is not a call: it has no number to reply to, and no effect. */
function callIn(data: unknown): FrameCall | undefined {
  try {
    return parseCall(data);
  } catch {
    return undefined;
  }
}
