import { describe, expect, it } from "vitest";
import { INPUT_NAMES, type InputName } from "../engine/network/network.ts";
import type { Reason } from "../engine/ranking/explain.ts";
import { MORE_LANGUAGES } from "./languages.ts";
import { reasonLine } from "./reasonLine.ts";
import { ENGLISH } from "./texts.ts";

const line = (reason: Reason, because?: { title: string }) =>
  reasonLine({ recommendation: { reason }, because }, ENGLISH.reason);

describe("a card's reason", () => {
  it.each<[InputName, string]>([
    ["coVisitation", "Often viewed with Kettle"],
    ["contentFit", "Similar to Kettle"],
    ["popularity", "Popular with other shoppers"],
    ["ownHistory", "You looked at it 2 times"],
  ])("of %s reads %s", (input, text) => {
    expect(line({ input, because: "kettle", visits: 2 }, { title: "Kettle" })).toBe(text);
  });

  it("says of a pinned card that the shop chose it, whatever else speaks for it", () => {
    for (const input of INPUT_NAMES) {
      const reason = { input, because: "kettle", visits: 2, purchases: 1, pinned: true } as const;
      expect(line(reason, { title: "Kettle" })).toBe(ENGLISH.reason.pinned);
    }
  });

  it("names no product that the catalog does not hold", () => {
    expect(line({ input: "contentFit", because: "gone" })).toBe("Similar to what you looked at");
    expect(line({ input: "coVisitation" })).toBe("Often viewed with what you looked at");
  });

  it("has words of its own in each language", () => {
    const pinned = Object.values(MORE_LANGUAGES).map(({ reason }) => reason.pinned);
    expect(new Set([ENGLISH.reason.pinned, ...pinned]).size).toBe(1 + pinned.length);
  });
});
