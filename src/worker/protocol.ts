import type { Recommender, Status } from "../engine/recommender.ts";
import type { Call, Reply } from "./rpc.ts";

/** The recommender's methods that cross a boundary unchanged. */
export type RemoteMethod = Exclude<keyof Recommender, "subscribe">;

/**
 * The reach of each method: from a page to its own worker, or also from a shop's page to a frame of
 * another origin. A page of another origin gets cards and may report events, but can read neither events
 * nor weights.
 */
const REACH = {
  observe: "frame",
  recommend: "frame",
  products: "frame",
  inspect: "worker",
  train: "worker",
  settled: "worker",
  exportNetwork: "worker",
  importNetwork: "worker",
  erase: "frame",
  exportFile: "worker",
  importFile: "worker",
  why: "worker",
  surrogates: "worker",
  interests: "worker",
  storage: "worker",
  tasteCard: "worker",
  reliability: "worker",
  outlook: "worker",
  requests: "worker",
  forget: "worker",
  mute: "worker",
  unmute: "worker",
  setRetention: "worker",
  pause: "frame",
  resume: "frame",
  startGuestVisit: "frame",
  endGuestVisit: "frame",
  setConsent: "frame",
  close: "worker",
} as const satisfies Record<RemoteMethod, "worker" | "frame">;

export const REMOTE_METHODS = Object.keys(REACH) as RemoteMethod[];

export type FrameMethod = {
  [M in RemoteMethod]: (typeof REACH)[M] extends "frame" ? M : never;
}[RemoteMethod];

export const FRAME_METHODS = REMOTE_METHODS.filter(
  (method): method is FrameMethod => REACH[method] === "frame",
);

/** Page → worker: calls of the methods above and of `open`, and pings. */
export type WorkerRequest = ({ type: "call" } & Call) | { type: "ping" };

/** Worker → page. */
export type WorkerMessage =
  /** The worker's script is running and listening. */
  { type: "ready" } | { type: "alive" } | { type: "status"; status: Status } | Reply;

/** An object whose methods call the other side. */
export function remoteMethods<Method extends RemoteMethod>(
  names: readonly Method[],
  call: (method: Method, args: unknown[]) => Promise<unknown>,
): Pick<Recommender, Method> {
  const methods = names.map((name) => [name, (...args: unknown[]) => call(name, args)]);
  return Object.fromEntries(methods) as Pick<Recommender, Method>;
}
