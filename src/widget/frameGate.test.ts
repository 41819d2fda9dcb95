import { describe, expect, it } from "vitest";
import type { ShelfRequest } from "../engine/ranking/shelfRequest.ts";
import { coffeeShopper, NOW, purchase, view } from "../testing/fixtures.ts";
import { open } from "../testing/openRecommender.ts";
import { frameGate, type GateOptions } from "./frameGate.ts";
import { createRequestBudget } from "./requestBudget.ts";

type Gate = Record<string, (...args: unknown[]) => Promise<unknown>>;

const ENDLESS = { take: () => true };

async function gated(options: Partial<GateOptions> = {}, experiment = 0) {
  const shop = await open({ experiment });
  const gate = frameGate(shop, { allowed: [], minScore: 0, budget: ENDLESS, ...options }) as Gate;
  return { shop, gate };
}

const cardsOf = async (gate: Gate, request: Partial<ShelfRequest> & Record<string, unknown>) =>
  ((await gate.recommend!({ strategy: "for-you", limit: 12, ...request })) as { cards: object[] })
    .cards;

/** Words that would tell the past, or numbers from which it follows. */
const TELLING =
  /acts|visits|looks|purchases|because|inputs|score|logOdds|outcomes|contributions|uncertainty|propensity|team/i;

describe("through the frame's gate", () => {
  it("go cards with a reason that names no product and no count", async () => {
    const { shop, gate } = await gated({}, 0.5);
    await shop.observe([...coffeeShopper(8), purchase(["k2"])]);
    for (const strategy of [
      "for-you",
      "related",
      "bought-together",
      "trending",
      "on-sale",
      "new",
    ]) {
      for (const productId of [undefined, "k1"]) {
        const answer = await gate.recommend!({ strategy, limit: 40, productId });
        expect(JSON.stringify(answer)).not.toMatch(TELLING);
        for (const card of (answer as { cards: { reason: { input: string } }[] }).cards) {
          expect(card.reason.input).not.toBe("ownHistory");
        }
      }
    }
    const personal = await cardsOf(gate, {});
    expect(personal.length).toBeGreaterThan(0);
    expect(Object.keys(personal[0]!)).toEqual(["productId", "reason"]);
  });

  it.each([
    [{ strategy: "recently-viewed" }, "strategy"],
    [{ strategy: "because-you-viewed" }, "strategy"],
    [{ strategy: "buy-again" }, "strategy"],
    [{ strategy: "outlook" }, "strategy"],
    [{ among: ["k1", "k2"] }, "among"],
    [{ kept: ["k1"] }, "kept"],
    [{ at: NOW }, "at"],
    [{ exploration: 1 }, "exploration"],
    [{ personalization: 0.123 }, "personalization"],
    [{ diversity: 0.123 }, "diversity"],
    [{ minScore: 0.5 }, "minScore"],
    [{ outlook: true }, "outlook"],
  ])("%j does not go", async (request, field) => {
    const { gate } = await gated();
    await expect(cardsOf(gate, request as never)).rejects.toThrow(`field "${field}"`);
  });

  it("goes what the frame's own page allows, still without the past's numbers", async () => {
    const { shop, gate } = await gated({ allowed: ["recently-viewed", "among", "tuning"] });
    await shop.observe([view("k1"), view("k2")]);
    const recent = await cardsOf(gate, { strategy: "recently-viewed" });
    expect(recent).toHaveLength(2);
    expect(JSON.stringify(recent)).not.toMatch(TELLING);
    expect(await cardsOf(gate, { among: ["k3", "k4"] })).toHaveLength(2);
    expect(await cardsOf(gate, { personalization: 0.5, diversity: 1 })).not.toEqual([]);
    await expect(cardsOf(gate, { strategy: "buy-again" })).rejects.toThrow("strategy");
  });

  it("a boost goes without its strength, which could measure a lead", async () => {
    const { shop, gate } = await gated();
    await shop.observe(coffeeShopper(6));
    const boosted = (logOdds?: number) =>
      cardsOf(gate, {
        rules: [{ type: "boost", productIds: ["b3"], ...(logOdds && { logOdds }) }],
      });
    expect(await boosted(10)).toEqual(await boosted());
  });

  it("only the top of a ranking goes, whatever is excluded", async () => {
    const { gate } = await gated();
    const exclude = Array.from({ length: 2000 }, (_, index) => `p${index}`);
    expect((await cardsOf(gate, { limit: 200, exclude })).length).toBeLessThanOrEqual(48);
  });

  it("the frame's own minimum of the score is applied inside", async () => {
    const all = (await cardsOf((await gated()).gate, {})).length;
    const { gate } = await gated({ minScore: 1 });
    expect(all).toBeGreaterThan(0);
    expect(await cardsOf(gate, {})).toEqual([]);
  });

  it("impressions come without placements, and are stored with those that the frame knows", async () => {
    const { shop, gate } = await gated({}, 0.5);
    await shop.observe(coffeeShopper(6));
    let shelf: { id: string; cards: { productId: string }[] } | undefined;
    for (let request = 0; request < 20; request++) {
      shelf = (await gate.recommend!({ strategy: "for-you", limit: 4 })) as typeof shelf;
      await gate.observe!({
        type: "impression",
        productIds: shelf!.cards.map(({ productId }) => productId),
        shelf: "for-you",
        shelfId: shelf!.id,
        placements: shelf!.cards.map(() => ({ propensity: 0.001, team: "baseline" })),
      });
    }
    const { events } = await shop.inspect(20);
    const placements = events.flatMap((event) =>
      event.type === "impression" ? (event.placements ?? []) : [],
    );
    expect(placements).toHaveLength(80);
    expect(placements.some(({ propensity }) => propensity === 0.001)).toBe(false);
    expect(placements.some(({ team }) => team === "network")).toBe(true);
  });

  it.each([[5], ["k1"], [null], [{}], [[1]]])("products(%j) is refused with words", async (ids) => {
    const { gate } = await gated();
    await expect(gate.products!(ids)).rejects.toThrow('field "ids');
  });

  it.each([
    [undefined],
    [5],
    [null],
    [[]],
    [{}],
    [{ strategy: {} }],
    [{ strategy: "for-you", exclude: 5 }],
  ])("recommend(%j) is refused with words", async (request) => {
    const { gate } = await gated();
    await expect(gate.recommend!(request)).rejects.toThrow("field");
  });
});

describe("the budget of requests", () => {
  function budgets() {
    let now = NOW;
    const items = new Map<string, string>();
    const storage = {
      getItem: (key: string) => items.get(key) ?? null,
      setItem: (key: string, value: string) => void items.set(key, value),
    };
    const create = () =>
      createRequestBudget(
        () => now,
        () => storage,
      );
    const pass = (ms: number) => {
      now += ms;
    };
    return { create, items, pass };
  }
  const taken = (budget: { take(): boolean }) => {
    let count = 0;
    while (count < 10_000 && budget.take()) count++;
    return count;
  };

  it("is shared by all frames of a tab, and grows again slowly", () => {
    const { create, pass } = budgets();
    expect(taken(create())).toBe(120);
    expect(taken(create())).toBe(0);
    pass(10_000);
    expect(taken(create())).toBe(20);
    pass(3_600_000);
    expect(taken(create())).toBe(120);
  });

  it("does not grow by a clock that goes back, nor by a damaged store", () => {
    const { create, items, pass } = budgets();
    const budget = create();
    taken(budget);
    pass(-3_600_000);
    expect(taken(budget)).toBe(0);
    for (const damaged of [
      "",
      "{",
      "null",
      "[]",
      '{"left":1e9,"at":0}',
      '{"left":null,"at":"x"}',
    ]) {
      items.set("vitrine.requests", damaged);
      expect(taken(budget), damaged).toBe(0);
    }
  });

  it("holds where storage is denied", () => {
    const denied = createRequestBudget(
      () => NOW,
      () => {
        throw new DOMException("", "SecurityError");
      },
    );
    expect(taken(denied)).toBe(120);
  });

  it("refuses with words once it is spent", async () => {
    const { gate } = await gated({ budget: { take: () => false } });
    await expect(cardsOf(gate, {})).rejects.toMatchObject({ code: "too-many-requests" });
  });
});
