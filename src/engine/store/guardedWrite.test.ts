import { IDBFactory } from "fake-indexeddb";
import "fake-indexeddb/auto";
import type { IDBPDatabase } from "idb";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { openDatabase, type VitrineDatabase } from "./database.ts";
import { createGuardedWrite, type GuardedWrite, StaleError } from "./guardedWrite.ts";
import { openKey } from "./keyState.ts";

let database: IDBPDatabase<VitrineDatabase>;

beforeEach(async () => {
  vi.stubGlobal("indexedDB", new IDBFactory());
  database = await openDatabase("shop", {});
});

afterEach(() => {
  database.close();
  vi.unstubAllGlobals();
});

async function guard(onForgotten = () => {}): Promise<GuardedWrite> {
  return createGuardedWrite(database, { state: await openKey(database), onForgotten });
}

/** Removes something from the log, as another tab would. */
const takeOut = (other: GuardedWrite) =>
  other.write(async () => (transaction) => other.forgetLearned(transaction));

it("a write is prepared once if the log does not change", async () => {
  const { write } = await guard();
  const prepare = vi.fn(async () => async () => "written");
  expect(await write(prepare)).toBe("written");
  expect(prepare).toHaveBeenCalledTimes(1);
});

it("a write is prepared again, and reported, when another tab removed something in the meantime", async () => {
  const onForgotten = vi.fn();
  const [own, other] = [await guard(onForgotten), await guard()];
  let prepared = 0;
  const written = await own.write(async () => {
    prepared++;
    if (prepared === 1) await takeOut(other);
    const value = { prepared };
    return async (transaction) => {
      await transaction.objectStore("values").put(value, "training");
      return value;
    };
  });
  expect(written).toEqual({ prepared: 2 });
  expect(await database.get("values", "training")).toEqual({ prepared: 2 });
  expect(onForgotten).toHaveBeenCalledTimes(1);
});

it("a stale job's changes are rolled back", async () => {
  const { write } = await guard();
  let tries = 0;
  await write(async () => async (transaction) => {
    tries++;
    if (tries > 1) return;
    await transaction.objectStore("values").put({ tries }, "training");
    throw new StaleError();
  });
  expect(tries).toBe(2);
  expect(await database.get("values", "training")).toBeUndefined();
});

it("any other failure fails the write, which changes nothing", async () => {
  const { write } = await guard();
  const failing = write(async () => async (transaction) => {
    await transaction.objectStore("values").put({}, "training");
    throw new Error("the disk is full");
  });
  await expect(failing).rejects.toThrow("the disk is full");
  expect(await database.get("values", "training")).toBeUndefined();
});

it("a removal makes other tabs' state stale, and deletes what was learned", async () => {
  const [own, other] = [await guard(), await guard()];
  await database.put("values", {}, "training");
  await database.put("values", {}, "trainerChoice");
  await takeOut(other);
  expect(await database.getAllKeys("values")).toEqual(["trainerChoice"]);
  expect(await own.refresh()).toBe(true);
  expect(await own.refresh()).toBe(false);
});
