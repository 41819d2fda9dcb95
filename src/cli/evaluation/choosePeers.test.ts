import { describe, expect, it } from "vitest";
import { bestPeer, type Chosen } from "./choosePeers.ts";
import type { SystemName } from "./system.ts";

const peers = (worth: Partial<Record<SystemName, number | undefined>>) =>
  new Map(
    Object.entries(worth).map(([name, value]): [SystemName, Chosen] => [
      name as SystemName,
      { system: () => () => [], ...(value !== undefined && { worth: value }) },
    ]),
  );

describe("the best peer", () => {
  it("is the one worth most on the crowd's last tenth", () => {
    expect(bestPeer(peers({ popularity: 0.1, stan: 0.6, hybrid: 0.5 }))).toBe("stan");
    expect(bestPeer(peers({ "item-knn": 0.2, "recent+stan": 0.7, vstan: 0.6 }))).toBe(
      "recent+stan",
    );
  });

  it("is one of the six rivals, and none where none of them was asked", () => {
    expect(bestPeer(peers({ recent: 0.9, "vs-knn": 0.8, popularity: 0.1 }))).toBe("popularity");
    expect(bestPeer(peers({ sr: 0.9 }))).toBeUndefined();
  });
});
