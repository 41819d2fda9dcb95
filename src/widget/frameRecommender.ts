import type { Recommender } from "../engine/recommender.ts";
import {
  FRAME_METHODS,
  type FrameCall,
  type FrameMethod,
  type FrameReply,
  type Hello,
} from "./frameProtocol.ts";

/** A frame that does not know this shop does not answer at all. */
const PATIENCE_MS = 15_000;

/**
 * A recommender that lives in a frame of another origin. Of its methods there are those that may cross
 * (`FRAME_METHODS`), and `close`.
 */
export async function frameRecommender(
  page: Document,
  address: string,
  consent: Hello["consent"],
): Promise<Recommender> {
  const frame = await loadFrame(page, address);
  const { port1: port, port2 } = new MessageChannel();
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  let nextId = 1;
  let patience: ReturnType<typeof setTimeout> | undefined;
  const ready = new Promise<void>((resolve, reject) => {
    patience = setTimeout(
      () => reject(new Error(`${address} did not answer: it may not name this shop`)),
      PATIENCE_MS,
    );
    port.onmessage = ({ data }: MessageEvent<FrameReply>) => {
      if (data.type === "ready") {
        clearTimeout(patience);
        resolve();
      }
      if (data.type === "failed") reject(new Error(data.message));
      if (data.type !== "result" && data.type !== "failure") return;
      const call = waiting.get(data.id);
      waiting.delete(data.id);
      if (data.type === "result") call?.resolve(data.value);
      else call?.reject(new Error(data.message));
    };
  });
  const hello: Hello = { vitrine: 1, type: "hello", consent };
  // Only a page of the frame's own origin gets the port.
  frame.contentWindow!.postMessage(hello, new URL(address).origin, [port2]);
  await ready.catch((error: Error) => {
    leave();
    throw error;
  });

  function leave(): void {
    clearTimeout(patience);
    port.close();
    frame.remove();
  }

  const call =
    (method: FrameMethod) =>
    (...args: unknown[]) =>
      new Promise((resolve, reject) => {
        const id = nextId++;
        waiting.set(id, { resolve, reject });
        port.postMessage({ id, method, args } satisfies FrameCall);
      });
  const methods = Object.fromEntries(FRAME_METHODS.map((method) => [method, call(method)]));
  return Object.assign(methods, {
    close: async () => leave(),
  }) as unknown as Recommender;
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
