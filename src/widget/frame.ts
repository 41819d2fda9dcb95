import type { Recommender } from "../engine/recommender.ts";
import { postedError, replyTo } from "../worker/rpc.ts";
import { workerWays } from "../worker/startWorker.ts";
import { workerRecommender } from "../worker/workerRecommender.ts";
import { ALLOWED_IN_FRAME, frameGate } from "./frameGate.ts";
import {
  type FrameCall,
  type FrameMessage,
  type Hello,
  isHello,
  parseCall,
} from "./frameProtocol.ts";
import { choicesOption, readOption } from "./option.ts";
import { createRequestBudget } from "./requestBudget.ts";
import { SHELF_OPTIONS } from "./shelfOptions.ts";
import { TAG_OPTIONS } from "./tagOptions.ts";

/**
 * The script of `vitrine-frame.html`: a recommender on an origin of its own. Scripts of the shop cannot
 * read its data; what they may call is in `frameProtocol.ts`, and what they are told in `frameGate.ts`.
 * The frame's page names the shops it serves, its own catalog, the share of shelves in the experiment, the
 * lowest score of a card, and what else of the past it allows the shop's page to ask for.
 */
const { dataset } = document.documentElement;
const { shops = "", catalog, currency, pack } = dataset;
const reportOf = (name: string) => (problem: string) =>
  console.error(`Vitrine: data-${name} ${problem}`);
const experiment = readOption(TAG_OPTIONS.experiment, dataset.experiment, reportOf("experiment"));
const gate = {
  allowed: readOption(choicesOption(ALLOWED_IN_FRAME, []), dataset.allow, reportOf("allow")),
  minScore: readOption(SHELF_OPTIONS.minScore, dataset.minScore, reportOf("min-score")),
  budget: createRequestBudget(Date.now, () => sessionStorage),
};

addEventListener("message", function greet(message: MessageEvent): void {
  if (!isHello(message, { shops: shops.split(/\s+/).filter(Boolean), parent: window.parent }))
    return;
  removeEventListener("message", greet);
  void serve(message.ports[0]!, message.data as Hello);
});

async function serve(port: MessagePort, { consent }: Hello): Promise<void> {
  const post = (message: FrameMessage) => port.postMessage(message);
  try {
    const methods = frameGate(await open(consent), gate);
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

/** Undefined for a message that is not a call: it has no number to reply to, and no effect. */
function callIn(data: unknown): FrameCall | undefined {
  try {
    return parseCall(data);
  } catch {
    return undefined;
  }
}
