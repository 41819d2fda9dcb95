import { describe, expect, it } from "vitest";
import { INPUT_NAMES, type InputName } from "../engine/network/network.ts";
import type { Reason } from "../engine/ranking/reason.ts";
import { MORE_LANGUAGES } from "./languages.ts";
import { reasonLine } from "./reasonLine.ts";
import { ENGLISH } from "./texts.ts";

const line = (reason: Reason, because?: { title: string }) =>
  reasonLine({ recommendation: { reason }, because }, ENGLISH.reason);

const acts = { looks: 2, stays: 0, saves: 0, carts: 0, ratings: 0, purchases: 0 };

describe("a card's reason", () => {
  it.each<[InputName, string]>([
    ["coVisitation", "Often viewed with Kettle"],
    ["contentFit", "Similar to Kettle"],
    ["popularity", "Popular with other shoppers"],
  ])("of %s reads %s", (input, text) => {
    expect(line({ input, because: "kettle" }, { title: "Kettle" })).toBe(text);
  });

  it("names what the shopper did with the product, and counts views", () => {
    expect(line({ input: "ownHistory", because: "kettle", acts })).toBe("You looked at it 2 times");
    const saved = { ...acts, looks: 0, saves: 1 };
    expect(line({ input: "ownHistory", because: "kettle", acts: saved })).toBe("You saved it");
  });

  it("does not call a card popular that only the catalog speaks for", () => {
    expect(line({ input: "range" })).toBe("From our range");
    expect(reasonLine({}, ENGLISH.reason)).toBe("From our range");
  });

  it("attributes a pinned card to the shop, whatever other reasons it has", () => {
    for (const input of INPUT_NAMES) {
      const reason = { input, because: "kettle", acts, pinned: true } as const;
      expect(line(reason, { title: "Kettle" })).toBe(ENGLISH.reason.pinned);
    }
  });

  it("does not name a product that the catalog does not contain", () => {
    expect(line({ input: "contentFit", because: "gone" })).toBe("Similar to what you looked at");
    expect(line({ input: "coVisitation" })).toBe("Often viewed with what you looked at");
  });

  it("has its own text in each language", () => {
    const pinned = Object.values(MORE_LANGUAGES).map(({ reason }) => reason.pinned);
    expect(new Set([ENGLISH.reason.pinned, ...pinned]).size).toBe(1 + pinned.length);
  });
});
