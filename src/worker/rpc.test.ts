import { afterEach, describe, expect, it } from "vitest";
import { FieldError, text } from "../engine/kit/fields.ts";
import { messageOf, VitrineError } from "../engine/kit/message.ts";
import { REMOTE_METHODS, remoteMethods } from "./protocol.ts";
import {
  type Caller,
  createCaller,
  type Methods,
  postedError,
  receivedError,
  replyTo,
} from "./rpc.ts";

const closing: MessagePort[] = [];

afterEach(() => {
  for (const port of closing.splice(0)) port.close();
});

/** A caller connected to these methods by a real channel. */
function connect(methods: Methods): Caller {
  const { port1, port2 } = new MessageChannel();
  const caller = createCaller((call) => port1.postMessage(call));
  port1.onmessage = ({ data }) => caller.settle(data);
  port2.onmessage = async ({ data }) => port2.postMessage(await replyTo(data, methods));
  closing.push(port1, port2);
  return caller;
}

describe("calls", () => {
  it("get their own results, whatever the order of the replies", async () => {
    let answerFirst = (_answer: string) => {};
    const first = new Promise<string>((resolve) => {
      answerFirst = resolve;
    });
    const { call } = connect({ first: () => first, second: async (n: number) => n + 1 });
    const waiting = call("first", []);
    expect(await call("second", [1])).toBe(2);
    answerFirst("late");
    expect(await waiting).toBe("late");
  });

  it("stay pending until they are answered, and an unknown reply has no effect", async () => {
    const caller = connect({ observe: async () => "stored" });
    expect(caller.isWaiting).toBe(false);
    const call = caller.call("observe", []);
    caller.settle({ type: "result", id: 99, value: "of nobody" });
    expect(caller.isWaiting).toBe(true);
    expect(await call).toBe("stored");
    caller.settle({ type: "result", id: 1, value: "again" });
    expect(caller.isWaiting).toBe(false);
  });

  it("reach own methods only", async () => {
    const { call } = connect({ observe: async () => undefined });
    for (const name of ["inspect", "constructor", "__proto__", "toString", ""]) {
      await expect(call(name, [])).rejects.toThrow(`${name} is not to be called here`);
    }
  });

  it("that are pending are all rejected when the other side fails", async () => {
    const caller = connect({ never: () => new Promise(() => {}) });
    const calls = [caller.call("never", []), caller.call("never", [])];
    caller.fail(new Error("gone"));
    for (const call of calls) await expect(call).rejects.toThrow("gone");
  });

  it("on a remote object pass on their arguments", async () => {
    const calls: unknown[] = [];
    const remote = remoteMethods(REMOTE_METHODS, async (...call) => void calls.push(call));
    await remote.train("plain");
    await remote.setRetention(30);
    expect(calls).toEqual([
      ["train", ["plain"]],
      ["setRetention", [30]],
    ]);
  });
});

describe("errors keep their class", () => {
  const cross = async (error: unknown) => {
    const { call } = connect({ fails: () => Promise.reject(error) });
    return call("fails", []).catch((received: unknown) => received);
  };

  it("a FieldError with its field, code and message", async () => {
    const rejected = (() => {
      try {
        return text("", "items[2].name");
      } catch (error) {
        return error as FieldError;
      }
    })();
    const received = (await cross(rejected)) as FieldError;
    expect(received).toBeInstanceOf(FieldError);
    expect(received).toBeInstanceOf(VitrineError);
    const { name, field, code, params, message } = rejected as FieldError;
    expect({ ...received, message: received.message }).toEqual({
      name,
      field,
      code,
      params,
      message,
    });
  });

  it("a VitrineError with its code and parameters", async () => {
    const error = new VitrineError("indexeddb-slow", "IndexedDB is slow", { ms: 3000 });
    const received = await cross(error);
    expect(received).toBeInstanceOf(VitrineError);
    expect(received).not.toBeInstanceOf(FieldError);
    expect(messageOf(received)).toEqual(messageOf(error));
  });

  it("any other error with its name and message", async () => {
    const received = await cross(new DOMException("too much", "QuotaExceededError"));
    expect(received).toBeInstanceOf(Error);
    expect(received).not.toBeInstanceOf(VitrineError);
    expect(received).toMatchObject({ name: "QuotaExceededError", message: "too much" });
  });

  it.each(["text", 7, null, undefined, {}])("%s, which is not an error, as an error", (thrown) => {
    const received = receivedError(postedError(thrown));
    expect(received).toBeInstanceOf(Error);
    expect(received.message).toBe(String(thrown));
  });
});
