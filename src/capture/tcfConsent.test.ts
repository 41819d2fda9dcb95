import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { mustAskFirst } from "./mustAskFirst.ts";
import { readTcData, watchTcf } from "./tcfConsent.ts";

/** A platform's data for its listeners (TCF 2.2), reduced to the fields that vary. */
function tcData(eventStatus: string, consents: Record<string, boolean>, more: object = {}) {
  return {
    tcString: "CQHlEMAQHlEMAAGABCENBPFgAAAAAAAAAAYgAAAAAAAA",
    tcfPolicyVersion: 5,
    cmpId: 300,
    cmpVersion: 3,
    gdprApplies: true,
    eventStatus,
    cmpStatus: "loaded",
    listenerId: 7,
    isServiceSpecific: true,
    useNonStandardTexts: false,
    publisherCC: "DE",
    purposeOneTreatment: false,
    purpose: { consents, legitimateInterests: { "2": true, "7": true } },
    vendor: { consents: {}, legitimateInterests: {} },
    specialFeatureOptins: {},
    ...more,
  };
}

type Listener = (data: unknown, isGood: boolean) => void;

/** A platform as vendors install it: a function that keeps listeners and numbers them. */
function createPlatform() {
  const listeners = new Map<number, Listener>();
  const __tcfapi = (command: string, version: number, listener: Listener, id = 7) => {
    expect(version).toBe(2);
    if (command === "addEventListener") listeners.set(id, listener);
    if (command === "removeEventListener") listeners.delete(id);
  };
  const say = (data: unknown) => {
    for (const listener of listeners.values()) listener(data, true);
  };
  return { __tcfapi, say, count: () => listeners.size };
}

function listen(page: object) {
  const received: string[] = [];
  const stop = watchTcf(page, (answer, command) => received.push(`${command} ${answer}`));
  return { received, stop };
}

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

it("Purpose 1 decides: it waits for the answer, or uses one from an earlier page", () => {
  const platform = createPlatform();
  const { received } = listen(platform);
  platform.say(tcData("cmpuishown", {}));
  platform.say(tcData("useractioncomplete", { "1": true, "2": false }));
  platform.say(tcData("useractioncomplete", { "1": false, "2": true }));
  platform.say(tcData("tcloaded", { "1": true }));
  expect(received).toEqual(["default denied", "update granted", "update denied", "update granted"]);
});

it("no consent is needed where the regulation does not apply", () => {
  const outside = tcData("tcloaded", {}, { gdprApplies: false, purpose: { consents: {} } });
  expect(readTcData(outside)).toEqual({ answer: "granted", command: "default" });
});

it("reports nothing it does not know, and never throws on hostile data", () => {
  const hostile = new Proxy(
    {},
    {
      get() {
        throw new Error("hostile");
      },
    },
  );
  for (const data of [undefined, null, 3, {}, hostile, tcData("visible", { "1": true })]) {
    expect(readTcData(data)).toBeUndefined();
  }
  expect(readTcData(tcData("tcloaded", hostile))).toMatchObject({ answer: "denied" });
});

it("finds a platform that loads later, and removes its listener when stopped", () => {
  const platform = createPlatform();
  const page: { __tcfapi?: unknown } = {};
  const { received, stop } = listen(page);
  page.__tcfapi = platform.__tcfapi;
  vi.advanceTimersByTime(2000);
  platform.say(tcData("tcloaded", { "1": true }));
  stop();
  platform.say(tcData("tcloaded", { "1": false }));
  expect([received, platform.count(), vi.getTimerCount()]).toEqual([["update granted"], 0, 0]);
});

it("stops looking eventually, and survives a platform that throws", () => {
  listen({});
  vi.advanceTimersByTime(60_000);
  expect(vi.getTimerCount()).toBe(0);
  const throwing = () => {
    throw new Error("not ready");
  };
  expect(listen({ __tcfapi: throwing }).received).toEqual([]);
});

it("a page with a platform must ask first", () => {
  expect(mustAskFirst(createPlatform(), "dataLayer")).toBe(true);
  expect(mustAskFirst({ dataLayer: [] }, "dataLayer")).toBe(false);
});
