/**
 * Ways in which a page could send data to somebody else. Each is really tried, with harmless content, to
 * an address in the reserved domain `.invalid` (RFC 2606), which does not exist.
 */
export interface LeakWay {
  name: LeakName;
  /** The address that the data would be sent to. */
  address: string;
  /** Tries it. Resolves or rejects when the attempt is over. */
  attempt(address: string): Promise<unknown>;
}

export type LeakName =
  | "fetch"
  | "beacon"
  | "image"
  | "websocket"
  | "webrtc"
  | "form"
  | "prefetch"
  | "worker"
  | "sameSite";

export type LeakOutcome =
  /** The browser refused, naming the directive of the page's policy. */
  | { result: "blocked"; directive: string }
  /** Nothing blocked it. */
  | { result: "not stopped" }
  /** This browser does not support it. */
  | { result: "not possible"; because: string };

/** Longest delay of a violation report after the attempt is over. */
const REFUSAL_MS = 500;

/** The browser does not support it. */
class NotPossible extends Error {}

export const LEAK_WAYS: readonly LeakWay[] = [
  {
    name: "fetch",
    address: at("fetch"),
    attempt: (address) => fetch(address, { mode: "no-cors" }),
  },
  { name: "beacon", address: at("beacon"), attempt: sendBeacon },
  { name: "image", address: at("image"), attempt: loadImage },
  { name: "websocket", address: at("socket").replace("https", "wss"), attempt: openSocket },
  { name: "webrtc", address: "stun:webrtc.leak.invalid", attempt: askStunServer },
  { name: "form", address: at("form"), attempt: submitForm },
  { name: "prefetch", address: at("prefetch"), attempt: prefetch },
  { name: "worker", address: at("worker"), attempt: fetchInWorker },
  { name: "sameSite", address: "/favicon.svg?leak-test", attempt: (address) => fetch(address) },
];

function at(way: string): string {
  return `https://${way}.leak.invalid/leak-test`;
}

/** Tries one way, and returns how the browser reacted. */
export async function tryLeak({ address, attempt }: LeakWay): Promise<LeakOutcome> {
  const watch = watchRefusals(address);
  try {
    const [settled] = await Promise.allSettled([Promise.race([attempt(address), watch.refused])]);
    if (settled.status === "rejected" && settled.reason instanceof NotPossible) {
      return { result: "not possible", because: settled.reason.message };
    }
    if (settled.status === "fulfilled" && isRefusal(settled.value)) return settled.value;
    return await Promise.race([watch.refused, later({ result: "not stopped" } as const)]);
  } finally {
    watch.stop();
  }
}

/** Listens for what the page's Content-Security-Policy blocks. */
function watchRefusals(address: string) {
  let listener: (event: SecurityPolicyViolationEvent) => void = () => {};
  const host = new URL(address, location.href).hostname;
  const refused = new Promise<LeakOutcome>((resolve) => {
    listener = ({ blockedURI, effectiveDirective }) => {
      if (blockedURI.includes(host)) resolve(blockedBy(effectiveDirective));
    };
    document.addEventListener("securitypolicyviolation", listener);
  });
  return {
    refused,
    stop: () => document.removeEventListener("securitypolicyviolation", listener),
  };
}

function blockedBy(directive: string): LeakOutcome {
  return { result: "blocked", directive };
}

function isRefusal(value: unknown): value is LeakOutcome {
  return typeof value === "object" && value !== null && "result" in value;
}

function later<Value>(value: Value): Promise<Value> {
  return new Promise((resolve) => setTimeout(() => resolve(value), REFUSAL_MS));
}

/** Its return value is no evidence: it is also true for a beacon that the policy blocks. */
async function sendBeacon(address: string): Promise<void> {
  if (!("sendBeacon" in navigator)) throw new NotPossible("no sendBeacon");
  navigator.sendBeacon(address, "leak-test");
}

function loadImage(address: string): Promise<void> {
  return new Promise((resolve) => {
    const image = new Image();
    image.onload = image.onerror = () => resolve();
    image.src = address;
  });
}

function openSocket(address: string): Promise<void> {
  return new Promise((resolve) => {
    const socket = new WebSocket(address);
    socket.onopen = socket.onerror = () => resolve();
  });
}

/** A connection offer makes the browser ask this server for its own address. */
async function askStunServer(address: string): Promise<void> {
  if (typeof RTCPeerConnection === "undefined") throw new NotPossible("no RTCPeerConnection");
  const connection = new RTCPeerConnection({ iceServers: [{ urls: address }] });
  connection.createDataChannel("leak-test");
  await connection.setLocalDescription(await connection.createOffer());
  connection.close();
}

/** Submits into a hidden frame, so that a form that is not blocked does not leave the page. */
async function submitForm(address: string): Promise<void> {
  const frame = document.createElement("iframe");
  const form = document.createElement("form");
  frame.name = form.target = "leak-test";
  frame.hidden = true;
  form.action = address;
  document.body.append(frame, form);
  form.submit();
  await later(undefined);
  frame.remove();
  form.remove();
}

function prefetch(address: string): Promise<void> {
  return new Promise((resolve) => {
    const link = Object.assign(document.createElement("link"), { rel: "prefetch", href: address });
    if (!link.relList.supports("prefetch")) throw new NotPossible("no prefetch");
    link.onload = link.onerror = () => {
      link.remove();
      resolve();
    };
    document.head.append(link);
  });
}

/** A worker has the policy of its own script's response, so the attempt must run in the worker. */
async function fetchInWorker(address: string): Promise<LeakOutcome | undefined> {
  const { default: LeakWorker } = await import("./leak.worker.ts?worker");
  const worker = new LeakWorker();
  const directive = await new Promise<string | undefined>((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data as string | undefined);
    worker.onerror = () => reject(new NotPossible("no worker"));
    worker.postMessage(address);
  });
  worker.terminate();
  return directive === undefined ? undefined : blockedBy(directive);
}
