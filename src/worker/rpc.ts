import { FieldError } from "../engine/kit/fields.ts";
import { type MessageParams, VitrineError } from "../engine/kit/message.ts";

/**
 * Method calls across a message boundary: a worker's, or a frame's. Each call has a number, and its only
 * reply has the same one.
 */
export interface Call {
  id: number;
  method: string;
  args: unknown[];
}

export type Reply =
  | { type: "result"; id: number; value: unknown }
  | { type: "failure"; id: number; error: PostedError };

/** A serialized error. */
export interface PostedError {
  name: string;
  message: string;
  /** Of a `FieldError`. */
  field?: string;
  /** Of a `VitrineError`. */
  code?: string;
  params?: object;
}

/** The side that calls. */
export interface Caller {
  /** Whether any call is pending. */
  readonly isWaiting: boolean;
  call(method: string, args: unknown[]): Promise<unknown>;
  /** Settles the call with the reply's number; an unknown number has no effect. */
  settle(reply: Reply): void;
  /** Rejects all pending calls. */
  fail(error: Error): void;
  /** Drops all pending calls, which never settle. */
  drop(): void;
}

interface Waiting {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

/** @param post sends a call to the other side. */
export function createCaller(post: (call: Call) => void): Caller {
  const waiting = new Map<number, Waiting>();
  let calls = 0;
  return {
    get isWaiting() {
      return waiting.size > 0;
    },
    call(method, args) {
      const id = ++calls;
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        post({ id, method, args });
      });
    },
    settle(reply) {
      const call = waiting.get(reply.id);
      waiting.delete(reply.id);
      if (reply.type === "result") call?.resolve(reply.value);
      else call?.reject(receivedError(reply.error));
    },
    fail(error) {
      for (const { reject } of waiting.values()) reject(error);
      waiting.clear();
    },
    drop: () => waiting.clear(),
  };
}

/** The side that is called. */
export type Methods = Record<string, (...args: never[]) => Promise<unknown>>;

/** Calls one of `methods`' own methods; the reply contains anything it throws. */
export async function replyTo({ id, method, args }: Call, methods: Methods): Promise<Reply> {
  try {
    if (!Object.hasOwn(methods, method)) throw new Error(`${method} is not to be called here`);
    return { type: "result", id, value: await methods[method]!(...(args as never[])) };
  } catch (error) {
    return { type: "failure", id, error: postedError(error) };
  }
}

export function isReply(message: { type: string }): message is Reply {
  return message.type === "result" || message.type === "failure";
}

export function postedError(error: unknown): PostedError {
  const { name = "Error", message = String(error) } = (error ?? {}) as Partial<Error>;
  if (error instanceof FieldError) return { name, message, field: error.field };
  if (error instanceof VitrineError)
    return { name, message, code: error.code, params: error.params };
  return { name, message };
}

/** The inverse of `postedError`: an error of the same class, with its own fields. */
export function receivedError({ name, message, field, code, params }: PostedError): Error {
  if (field !== undefined) return Object.assign(new FieldError(field, "", ""), { message });
  // Both sides are built from the same table of codes.
  if (code !== undefined)
    return new VitrineError(code as "other", message, params as MessageParams["other"]);
  return Object.assign(new Error(message), { name });
}
