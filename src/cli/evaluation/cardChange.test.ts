import { describe, expect, it } from "vitest";
import type { LogRow } from "../logs/logRow.ts";
import { catalogOf } from "../logs/shopLog.ts";
import { cardChange } from "./cardChange.ts";
import { DAY_MS } from "./peer.ts";
import type { System } from "./system.ts";

const row = (productId: string, at: number): LogRow => ({
  userId: "ann",
  sessionId: `at ${at}`,
  at,
  type: "purchase",
  productId,
  name: "",
  category: "",
  brand: "",
  price: Number.NaN,
});
const history = [row("a", 0)];
const session = [row("b", 10 * DAY_MS), row("c", 10 * DAY_MS + 5)];
const catalog = catalogOf([...history, ...session, row("d", 0)]);
const visits = [{ history, session }];

describe("cards changed in a day", () => {
  it("are none where the shelf does not depend on the time", async () => {
    const all: System = () => () => [0, 1, 2, 3].map((one) => [one, 1] as const);
    expect(await cardChange(all, visits, catalog)).toBe(0);
  });

  it("are the share of the second day's cards that the first did not have", async () => {
    const asked: [number, string[]][] = [];
    const system: System = (visit) => (step) => {
      const { at } = visit.session[step]!;
      asked.push([at, visit.history.map(({ productId }) => productId)]);
      const isSecond = at === session[1]!.at + 2 * DAY_MS;
      return (isSecond ? [0, 1, 2, 3] : [0, 1, 2]).map((one) => [one, 1] as const);
    };
    expect(await cardChange(system, visits, catalog)).toBe(1 / 4);
    // Everything up to the visit's end is known, also what was bought, and none of it is kept off.
    expect(asked).toEqual([
      [session[1]!.at + DAY_MS, ["a", "b", "c"]],
      [session[1]!.at + 2 * DAY_MS, ["a", "b", "c"]],
    ]);
  });

  it("are none where nothing is shown", async () => {
    expect(await cardChange(() => () => [], visits, catalog)).toBe(0);
  });
});
