import { describe, expect, it } from "vitest";
import { open, statusOf } from "../../testing/openRecommender.ts";
import { FieldError } from "../kit/fields.ts";
import type { Message } from "../kit/message.ts";
import { readExperimentOption } from "./experimentOption.ts";

function read(options: { experiment?: unknown; comparedShare?: unknown }) {
  const warnings: Message[] = [];
  const share = readExperimentOption(options, (warning) => warnings.push(warning));
  return { share, warned: warnings.map(({ code, params }) => ({ code, params })) };
}

describe("the option `experiment`", () => {
  it.each([0, 0.1, 0.25, 0.5])("accepts a share of %d without a warning", (share) => {
    expect(read({ experiment: share })).toEqual({ share, warned: [] });
  });

  it("defaults to one tenth", () => {
    expect(read({})).toEqual({ share: 0.1, warned: [] });
  });

  it("is read under its old name, with a warning that names the new one", () => {
    const code = "option-renamed";
    const warned = [{ code, params: { before: "comparedShare", now: "experiment" } }];
    expect(read({ comparedShare: 0.3 })).toEqual({ share: 0.3, warned });
    expect(read({ comparedShare: 0.3, experiment: 0 })).toEqual({ share: 0, warned });
  });

  it("reports the old name among the recommender's warnings", async () => {
    const codes = async (options: Parameters<typeof open>[0]) =>
      (await statusOf(await open(options))).warnings.map(({ code }) => code);
    expect(await codes({ comparedShare: 0.2 })).toEqual(["option-renamed"]);
    expect(await codes({ experiment: 0.2 })).toEqual([]);
    await expect(open({ comparedShare: 0.6 })).rejects.toThrow("experiment");
  });

  it.each([-0.1, 0.51, 1, "0.1", Number.NaN])("refuses %j", (experiment) => {
    expect(() => read({ experiment })).toThrow(FieldError);
    expect(() => read({ experiment })).toThrow("experiment");
  });
});
