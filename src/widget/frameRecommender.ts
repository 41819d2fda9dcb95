import type { Recommender } from "../engine/recommender.ts";
import { FRAME_METHODS, remoteMethods } from "../worker/protocol.ts";
import { createCaller, isReply, receivedError } from "../worker/rpc.ts";
import type { FrameMessage, Hello } from "./frameProtocol.ts";

/** Needed because a frame that does not serve this shop does not answer at all. */
const PATIENCE_MS = 15_000;

/**
 * A recommender in a frame of another origin. It has only the methods that are allowed across origins
 * (`FRAME_METHODS`), and `close`.
 */
export async function frameRecommender(
  page: Document,
  address: string,
  consent: Hello["consent"],
): Promise<Recommender> {
  const frame = await loadFrame(page, address);
  const { port1: port, port2 } = new MessageChannel();
  const leave = () => {
    port.close();
    frame.remove();
  };
  const hello: Hello = { vitrine: 1, type: "hello", consent };
  // Only a page of the frame's own origin gets the port.
  frame.contentWindow!.postMessage(hello, new URL(address).origin, [port2]);
  await whenReady(port, address).catch((error: Error) => {
    leave();
    throw error;
  });
  const caller = createCaller((call) => port.postMessage(call));
  port.onmessage = ({ data }: MessageEvent<FrameMessage>) => {
    if (isReply(data)) caller.settle(data);
  };
  const methods = remoteMethods(FRAME_METHODS, caller.call);
  return Object.assign(methods, { close: async () => leave() }) as unknown as Recommender;
}

/** @throws {Error} if the frame's recommender cannot be opened, or nothing answers */
function whenReady(port: MessagePort, address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const silent = new Error(`${address} did not answer: it may not name this shop`);
    const patience = setTimeout(() => reject(silent), PATIENCE_MS);
    port.onmessage = ({ data }: MessageEvent<FrameMessage>) => {
      clearTimeout(patience);
      if (data.type === "failed") reject(receivedError(data.error));
      else resolve();
    };
  });
}

function loadFrame(page: Document, address: string): Promise<HTMLIFrameElement> {
  const frame = page.createElement("iframe");
  frame.src = address;
  frame.hidden = true;
  frame.title = "Vitrine";
  return new Promise((resolve) => {
    frame.addEventListener("load", () => resolve(frame), { once: true });
    page.body.append(frame);
  });
}
