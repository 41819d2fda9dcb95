import { FieldError } from "../engine/kit/fields.ts";
import { FRAME_METHODS, type FrameMethod } from "../worker/protocol.ts";
import type { Call, PostedError, Reply } from "../worker/rpc.ts";

/** Page → frame, once, with the port for all further messages. */
export interface Hello {
  vitrine: 1;
  type: "hello";
  /** The consent that the page knows of; the frame's own page configures the rest. */
  consent: "required" | "granted" | "auto" | "asking";
}

/** Page → frame: a call of an allowed method. */
export interface FrameCall extends Call {
  method: FrameMethod;
}

/** Frame → page. */
export type FrameMessage = { type: "ready" } | { type: "failed"; error: PostedError } | Reply;

/** Whether a message is the first one of a shop that may use this frame. */
export function isHello(
  { data, origin, source, ports }: Pick<MessageEvent, "data" | "origin" | "source" | "ports">,
  { shops, parent }: { shops: readonly string[]; parent: unknown },
): boolean {
  if (source !== parent || !shops.includes(origin) || ports.length !== 1) return false;
  const hello = record(data);
  return (
    hello?.vitrine === 1 &&
    hello.type === "hello" &&
    ["required", "granted", "auto", "asking"].includes(hello.consent as string)
  );
}

/** @throws {FieldError} for anything but a call of an allowed method */
export function parseCall(data: unknown): FrameCall {
  const call = record(data);
  if (call === undefined) throw new FieldError("call", data, "an object");
  const { id, method, args } = call;
  if (!Number.isSafeInteger(id)) throw new FieldError("id", id, "a whole number");
  if (!FRAME_METHODS.includes(method as FrameMethod)) {
    throw new FieldError("method", method, `one of ${FRAME_METHODS.join(", ")}`);
  }
  if (!Array.isArray(args) || args.length > 2) {
    throw new FieldError("args", args, "a list of at most two");
  }
  return { id: id as number, method: method as FrameMethod, args };
}

function record(data: unknown): Record<string, unknown> | undefined {
  return typeof data === "object" && data !== null && !Array.isArray(data)
    ? (data as Record<string, unknown>)
    : undefined;
}
