import { IDBFactory } from "fake-indexeddb";
import "fake-indexeddb/auto";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { view } from "../../testing/fixtures.ts";
import type { Message } from "../kit/message.ts";
import { createKey } from "./cipher.ts";
import { openDatabase } from "./database.ts";
import { openEventStore } from "./indexedDbStore.ts";
import { parseKeyState } from "./keyState.ts";

beforeEach(() => {
  vi.stubGlobal("indexedDB", new IDBFactory());
});

afterEach(() => {
  vi.unstubAllGlobals();
});

describe("a stored key", () => {
  it("is read with its generation, even without a key", async () => {
    const key = (await createKey())!;
    expect(parseKeyState({ generation: 3, key })).toEqual({ generation: 3, key });
    expect(parseKeyState({ generation: 0 })).toEqual({ generation: 0 });
  });

  it.each([
    ["key", undefined],
    ["key", "secret"],
    ["key.generation", {}],
    ["key.generation", { generation: -1 }],
    ["key.generation", { generation: "1" }],
    ["key.key", { generation: 1, key: "secret" }],
    ["key.key", { generation: 1, key: {} }],
  ])("with a bad %s is refused: %j", (field, value) => {
    expect(() => parseKeyState(value)).toThrow(`"${field}"`);
  });

  it.each([["a text"], [{ generation: "1" }], [{ generation: 2, key: { kty: "oct" } }]])(
    "that is %j is replaced, with a warning, and the store works",
    async (broken) => {
      const database = await openDatabase("shop", {});
      await database.put("state", broken, "key");
      database.close();
      const warnings: Message[] = [];
      const store = await openEventStore("shop", { onWarning: (one) => warnings.push(one) });
      expect(warnings).toMatchObject([
        { code: "value-unreadable", params: { because: { code: "field" } } },
      ]);
      await store.append([view("k1")]);
      store.close();
      const again = await openEventStore("shop", { onWarning: (one) => warnings.push(one) });
      expect(await again.readAfter(0, 9)).toEqual([{ ...view("k1"), seq: 1 }]);
      expect(warnings).toHaveLength(1);
      again.close();
    },
  );
});
