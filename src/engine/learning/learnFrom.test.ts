import { describe, expect, it, vi } from "vitest";
import { coffeeShopper, impression, NOW, view } from "../../testing/fixtures.ts";
import { catalog, logOf, pack, prior } from "../../testing/openLog.ts";
import { rowsByPopularity } from "../ranking/candidates.ts";
import type { WebglAccess } from "./chooseTrainer.ts";
import { type LearnOptions, learnFrom } from "./learnFrom.ts";
import { plainTrainer } from "./plain.ts";
import type { Trainer } from "./training.ts";

function optionsFor(given: Omit<Partial<LearnOptions>, "onChoice" | "onEpoch" | "onWarning"> = {}) {
  const spies = {
    onChoice: vi.fn<LearnOptions["onChoice"]>(async () => {}),
    onEpoch: vi.fn<LearnOptions["onEpoch"]>(),
    onWarning: vi.fn<LearnOptions["onWarning"]>(),
  };
  return {
    catalog,
    pack,
    shards: undefined,
    popularRows: rowsByPopularity(pack),
    prior,
    clock: () => NOW,
    seed: 1,
    preference: "plain" as const,
    thread: "worker" as const,
    webgl: undefined,
    known: undefined,
    signal: new AbortController().signal,
    ...given,
    ...spies,
  };
}

function webglOf(open: WebglAccess["open"]): WebglAccess {
  return { renderer: () => "GPU", open };
}

/** The plain trainer under the other name. */
const FAKE_GPU: Trainer = { name: "webgl", begin: (run) => plainTrainer.begin(run) };

describe("one training", () => {
  it("reports its examples and its progress, epoch by epoch", async () => {
    const options = optionsFor();
    const events = coffeeShopper(12);
    const { networks, report } = (await learnFrom(await logOf(events), options))!;
    const { history, share, bestEpoch } = report;
    expect(report).toMatchObject({ trainer: "plain", events: 60, interactions: 48, at: NOW });
    expect(report.examples).toBeGreaterThan(48);
    expect(report).toMatchObject({
      epochs: history.length,
      firstLoss: history[0]!.loss,
      lastLoss: history.at(-1)!.loss,
    });
    expect(options.onEpoch.mock.calls.map(([epoch]) => epoch)).toEqual(history);
    expect(history.map(({ epoch }) => epoch)).toEqual(history.map((_, index) => index + 1));
    expect(share).toBeGreaterThan(0);
    expect(bestEpoch).toBeGreaterThan(0);
    expect(bestEpoch).toBeLessThanOrEqual(history.length);
    expect(networks).toHaveLength(5);
    expect(options.onWarning).not.toHaveBeenCalled();
    expect(options.onChoice).toHaveBeenCalledOnce();
  });

  it("keeps the prior, as of epoch 0, if a few clicks give no evidence", async () => {
    const events = [view("k1"), view("g4")];
    const { networks, report } = (await learnFrom(await logOf(events), optionsFor()))!;
    expect(report).toMatchObject({ share: 0, bestEpoch: 0 });
    expect(networks).toEqual([prior]);
  });

  it("does not happen if there is nothing to learn from, and no trainer is chosen", async () => {
    const options = optionsFor();
    expect(await learnFrom(await logOf([impression(["k1", "g1"])]), options)).toBeUndefined();
    expect(await learnFrom(await logOf([]), options)).toBeUndefined();
    expect(options.onChoice).not.toHaveBeenCalled();
  });

  it("first waits for the shards of all products in the events, however long they take", async () => {
    const need = vi.fn(async () => {});
    const events = [view("k1"), view("unknown"), impression(["g2", "k1"])];
    await learnFrom(await logOf(events), optionsFor({ shards: { need } }));
    const rows = new Set(["k1", "g2"].map((id) => catalog.rowOf(id)));
    expect(need.mock.calls).toEqual([[rows, Number.POSITIVE_INFINITY]]);
  });

  it("ends at once when it is stopped", async () => {
    const signal = AbortSignal.abort(new Error("stopped"));
    const options = optionsFor({ signal });
    await expect(learnFrom(await logOf(coffeeShopper(3)), options)).rejects.toThrow("stopped");
    expect(options.onChoice).not.toHaveBeenCalled();
  });
});

describe("its trainer", () => {
  it("is the GPU's if that was chosen, and the choice is reported before the first epoch", async () => {
    const order: string[] = [];
    const options = optionsFor({
      preference: "webgl",
      webgl: webglOf(async () => ({ trainer: FAKE_GPU, renderer: "GPU" })),
    });
    options.onChoice.mockImplementation(async ({ trainer }) => void order.push(trainer));
    options.onEpoch.mockImplementation(() => void order.push("epoch"));
    const { report } = (await learnFrom(await logOf(coffeeShopper(3)), options))!;
    expect(report.trainer).toBe("webgl");
    expect(order.slice(0, 2)).toEqual(["webgl", "epoch"]);
    expect(options.onWarning).not.toHaveBeenCalled();
  });

  it("is the plain one on a page, whose thread a GPU would block", async () => {
    const options = optionsFor({ preference: "webgl", thread: "page" });
    const { report } = (await learnFrom(await logOf(coffeeShopper(3)), options))!;
    expect(report.trainer).toBe("plain");
    expect(options.onChoice.mock.calls).toMatchObject([
      [{ trainer: "plain", reason: { params: { because: { code: "worker-only" } } } }],
    ]);
  });

  it("is the earlier choice if the device is the same", async () => {
    const known = {
      trainer: "plain" as const,
      reason: { code: "asked-for" as const, params: {}, message: "requested" },
      renderer: "GPU",
      plainMs: 1,
      webglMs: 2,
    };
    const webgl = webglOf(() => Promise.reject(new Error("not to be opened")));
    const options = optionsFor({ preference: "auto", webgl, known });
    await learnFrom(await logOf(coffeeShopper(3)), options);
    expect(options.onChoice.mock.calls).toEqual([[known]]);
  });

  it("is the plain one, with a warning, if the GPU's is gone since it was chosen", async () => {
    const open = vi.fn<WebglAccess["open"]>().mockRejectedValue(new Error("lost"));
    open.mockResolvedValueOnce({ trainer: FAKE_GPU, renderer: "GPU" });
    const options = optionsFor({ preference: "webgl", webgl: webglOf(open) });
    const { report } = (await learnFrom(await logOf(coffeeShopper(3)), options))!;
    expect(report.trainer).toBe("plain");
    expect(options.onWarning.mock.calls).toMatchObject([
      [
        {
          code: "trainer-failed",
          params: { trainer: "webgl", because: { message: "lost" } },
          message: "The webgl trainer failed and another one went on from its last epoch: lost",
        },
      ],
    ]);
  });

  it("is replaced by the plain one, with a warning, if it fails midway", async () => {
    const begin = () => Promise.reject(new Error("context lost"));
    const webgl = webglOf(async () => ({ trainer: { name: "webgl", begin }, renderer: "GPU" }));
    const options = optionsFor({ preference: "webgl", webgl });
    const { report } = (await learnFrom(await logOf(coffeeShopper(3)), options))!;
    expect(report.trainer).toBe("plain");
    expect(options.onWarning.mock.calls).toMatchObject([
      [{ code: "trainer-failed", params: { trainer: "webgl" } }],
    ]);
  });
});
