import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { fetchFile } from "./fetchFile.ts";

const never = new Promise<never>(() => {});

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function answer(response: Promise<unknown>): void {
  vi.stubGlobal("fetch", () => response);
}

const textOf = (response: Response) => response.text();

it.each([
  ["no answer", never],
  ["an answer whose content never ends", Promise.resolve({ ok: true, text: () => never })],
])("%s counts as late, with the address", async (_what, response) => {
  answer(response);
  const file = fetchFile("https://shop.example/catalog.json", textOf).catch((error) => error);
  await vi.advanceTimersByTimeAsync(30_000);
  const message = "https://shop.example/catalog.json did not arrive in 30000 ms";
  expect(await file).toMatchObject({ code: "file-late", message });
});

it("a slow file is read all the same", async () => {
  answer(Promise.resolve({ ok: true, text: () => new Promise((r) => setTimeout(r, 20_000, "a")) }));
  const file = fetchFile("/a", textOf);
  await vi.advanceTimersByTimeAsync(20_000);
  expect(await file).toBe("a");
});

it("an error of the server is reported with the address", async () => {
  answer(Promise.resolve({ ok: false, status: 404 }));
  await expect(fetchFile("/a", textOf)).rejects.toThrow("/a answered 404, expected a file");
});

it("without a reader it is the response", async () => {
  const response = { ok: true };
  answer(Promise.resolve(response));
  expect(await fetchFile("/a")).toBe(response);
});
