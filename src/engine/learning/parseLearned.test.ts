import { describe, expect, it } from "vitest";
import { FieldError } from "../kit/fields.ts";
import { parseTrainerChoice, parseTrainingReport } from "./parseLearned.ts";

const REPORT = {
  trainer: "webgl",
  events: 41,
  interactions: 30,
  examples: 510,
  epochs: 2,
  bestEpoch: 1,
  share: 0.5,
  firstLoss: 1.61,
  lastLoss: 1.2,
  outOfFoldLoss: 1.4,
  ms: 312.5,
  at: 1_768_478_400_000,
  history: [
    { epoch: 1, epochs: 40, loss: 1.61, validationLoss: 1.5 },
    { epoch: 2, epochs: 40, loss: 1.2 },
  ],
};

/** As the store returns it: through JSON, which drops undefined fields. */
const stored = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe("a stored training report", () => {
  it("survives a round trip", () => {
    expect(parseTrainingReport(stored({ ...REPORT, later: 1 }))).toEqual(REPORT);
    const { outOfFoldLoss: _without, ...unfolded } = REPORT;
    expect(parseTrainingReport(stored(unfolded))).toEqual({
      ...unfolded,
      outOfFoldLoss: undefined,
    });
  });

  it("of version 0.1, which counted `turns`, is read with as many interactions", () => {
    const { interactions: turns, ...others } = REPORT;
    expect(parseTrainingReport(stored({ ...others, turns }))).toEqual(REPORT);
  });

  it.each<[string, object]>([
    ["training.trainer", { trainer: "tpu" }],
    ["training.events", { events: -1 }],
    ["training.interactions", { interactions: "30" }],
    ["training.turns", { interactions: undefined }],
    ["training.examples", { examples: 1.5 }],
    ["training.bestEpoch", { bestEpoch: null }],
    ["training.share", { share: 1.1 }],
    ["training.lastLoss", { lastLoss: null }],
    ["training.outOfFoldLoss", { outOfFoldLoss: "low" }],
    ["training.at", { at: undefined }],
    ["training.history", { history: {} }],
    ["training.history[1].epoch", { history: [REPORT.history[0], {}] }],
  ])("with a bad %s is refused by name: %j", (field, change) => {
    const read = () => parseTrainingReport(stored({ ...REPORT, ...change }));
    expect(read).toThrow(FieldError);
    expect(read).toThrow(`"${field}"`);
  });

  it.each([undefined, null, 1, "report", [], {}])("cannot be %j", (value) => {
    expect(() => parseTrainingReport(value)).toThrow(FieldError);
  });
});

const FASTER = {
  trainer: "webgl",
  reason: {
    code: "faster",
    params: { times: 2.5, renderer: " a GPU " },
    message: "2.5 times faster than the other here,  a GPU ",
  },
  renderer: " a GPU ",
  plainMs: 25,
  webglMs: 10,
};
const UNUSABLE = {
  trainer: "plain",
  reason: {
    code: "webgl-unusable",
    params: {
      because: { code: "other", params: { name: "TypeError" }, message: "no such function" },
    },
    message: "WebGL: no such function",
  },
};

describe("a stored choice of trainer", () => {
  it.each([
    FASTER,
    UNUSABLE,
    { trainer: "plain", reason: { code: "asked-for", params: {}, message: "asked for" } },
  ])("comes back as it was: %j", (choice) => {
    const unmeasured = { renderer: undefined, plainMs: undefined, webglMs: undefined };
    expect(parseTrainerChoice(stored(choice))).toEqual({ ...unmeasured, ...choice });
  });

  it.each<[string, object]>([
    ["trainerChoice.trainer", { trainer: "tpu" }],
    ["trainerChoice.reason", { reason: "faster here" }], // The format before there were codes.
    ["trainerChoice.reason.code", { reason: { ...FASTER.reason, code: "constructor" } }],
    ["trainerChoice.reason.params", { reason: { ...FASTER.reason, params: 1 } }],
    ["trainerChoice.reason.params.times", { reason: { ...FASTER.reason, params: {} } }],
    ["trainerChoice.reason.params.because", { reason: { ...UNUSABLE.reason, params: {} } }],
    ["trainerChoice.reason.message", { reason: { ...FASTER.reason, message: 1 } }],
    ["trainerChoice.renderer", { renderer: 1 }],
    ["trainerChoice.webglMs", { webglMs: -1 }],
  ])("with a bad %s is refused by name: %j", (field, change) => {
    const read = () => parseTrainerChoice(stored({ ...FASTER, ...change }));
    expect(read).toThrow(FieldError);
    expect(read).toThrow(`"${field}"`);
  });
});
