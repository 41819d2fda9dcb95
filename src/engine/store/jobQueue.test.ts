import { expect, it } from "vitest";
import { createJobQueue } from "./jobQueue.ts";

it("a job starts when all jobs before it have ended, however long they take", async () => {
  const enqueue = createJobQueue();
  const seen: string[] = [];
  const turns = [5, 0, 2, 1];
  const job = (turn: number, index: number) => async () => {
    seen.push(`begin ${index}`);
    for (let waited = 0; waited < turn; waited++) await Promise.resolve();
    seen.push(`end ${index}`);
    return index;
  };
  const results = turns.map((turn, index) => enqueue(job(turn, index)));
  expect(await Promise.all(results)).toEqual([0, 1, 2, 3]);
  expect(seen).toEqual([0, 1, 2, 3].flatMap((index) => [`begin ${index}`, `end ${index}`]));
});

it("a job that fails rejects for its caller alone", async () => {
  const enqueue = createJobQueue();
  const failing = enqueue(() => Promise.reject(new Error("the disk is full")));
  const next = enqueue(async () => "done");
  await expect(failing).rejects.toThrow("the disk is full");
  expect(await next).toBe("done");
});
