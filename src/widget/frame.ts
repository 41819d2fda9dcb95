import type { Recommender } from "../engine/recommender.ts";
import { workerWays } from "../worker/startWorker.ts";
import { workerRecommender } from "../worker/workerRecommender.ts";
import { type FrameReply, type Hello, isHello, parseCall } from "./frameProtocol.ts";
import { readOption } from "./option.ts";
import { TAG_OPTIONS } from "./tagOptions.ts";

/**
 * The script of `vitrine-frame.html`: a recommender on an origin of its own. Scripts of the shop cannot
 * reach into it; what they may ask for is in `frameProtocol.ts`. The frame's page names the shops it
 * serves, its own catalog, and the share of shelves to experiment on.
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
  const reply = (message: FrameReply) => port.postMessage(message);
  try {
    const recommender = await workerRecommender(
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
    port.onmessage = ({ data }) => void answer(recommender, data).then((it) => it && reply(it));
    reply({ type: "ready" });
  } catch (error) {
    reply({ type: "failed", message: (error as Error).message });
  }
}

/** A call that is none has no number to answer to; it has no effect. */
async function answer(recommender: Recommender, data: unknown): Promise<FrameReply | undefined> {
  let id: number | undefined;
  try {
    const call = parseCall(data);
    id = call.id;
    const method = recommender[call.method] as (...args: unknown[]) => Promise<unknown>;
    return { type: "result", id, value: await method(...call.args) };
  } catch (error) {
    return id === undefined
      ? undefined
      : { type: "failure", id, message: (error as Error).message };
  }
}
