import type { Recommender, Status } from "../engine/recommender.ts";
import type { OpenOptions } from "./startRecommender.ts";

/** The recommender's methods that cross the thread boundary as they are. */
export type RemoteMethod = Exclude<keyof Recommender, "subscribe">;

/** Page → worker. Each request carries an id, and gets one reply with it. */
export type Request = { id: number } & (
  | { type: "open"; options: OpenOptions }
  /** Asks only whether the worker still answers. */
  | { type: "ping" }
  | {
      [M in RemoteMethod]: { type: "call"; method: M; args: Parameters<Recommender[M]> };
    }[RemoteMethod]
);

/** Worker → page. */
export type Reply =
  /** The worker's script runs and listens. */
  | { type: "ready" }
  | { type: "result"; id: number; value: unknown }
  | { type: "failure"; id: number; error: PostedError }
  | { type: "status"; status: Status };

/** An error as it crosses: what it says and the fields of a `FieldError` survive, its class does not. */
export interface PostedError {
  name: string;
  message: string;
  field: string | undefined;
  code: string | undefined;
  params: object | undefined;
}

export function postedError(error: unknown): PostedError {
  const { name = "Error", message = String(error) } = (error ?? {}) as Partial<PostedError>;
  const { field, code, params } = (error ?? {}) as Partial<PostedError>;
  return { name, message, field, code, params };
}

/** The inverse of `postedError`. */
export function receivedError(posted: PostedError): Error {
  return Object.assign(new Error(posted.message), posted);
}
