import { describe, expect, it } from "vitest";
import catalogFile from "../../../public/catalog.json";
import { parseCatalog } from "../../engine/shop/parseCatalog.ts";
import { crowd } from "../../storefront/demo/shoppers.ts";
import type { LogRow } from "../logs/logRow.ts";
import { chooseOurs } from "./chooseOurs.ts";
import { figuresOf } from "./figures.ts";
import { measure } from "./measure.ts";
import type { SystemName } from "./system.ts";
import { trialOf } from "./trial.ts";

const { catalog } = parseCatalog(catalogFile);

/** The demo crowd's views, as a shop would log them. */
function crowdRows(): LogRow[] {
  const visits = crowd(catalog, { shoppers: 120, seed: 5, until: Date.UTC(2026, 0, 15) });
  return visits.flatMap(({ shopper, events }, session) =>
    events.flatMap((event): LogRow[] => {
      if (event.type !== "view") return [];
      const { productId, at } = event;
      const product = catalog.products[catalog.rowOf(productId)!]!;
      const category = product.categoryPath.join(" > ");
      const { title: name, brand = "", priceMinor } = product;
      const about = { productId, name, category, brand, price: priceMinor / 100 };
      return [{ userId: shopper, sessionId: `s${session}`, at, type: "view", ...about }];
    }),
  );
}

describe("the network's weights", () => {
  const trial = trialOf(crowdRows(), { split: 0.8, maxQueries: 1000 });

  async function mrrOf(name: SystemName, seed: number): Promise<number> {
    const options = { floor: 1, hasPack: true, seed };
    const { systems } = await chooseOurs(trial, new Set([name]), options);
    const { system } = systems.get(name)!;
    const crowdCounts = new Float64Array(trial.catalog.size);
    const { tallies } = await measure(system, trial.tested, { ...trial, crowdCounts });
    return figuresOf(tallies).mrr20;
  }

  it("matter: shuffled, they rank the crowd's next products far worse", async () => {
    const intact = await mrrOf("network", 1);
    // A shuffle can be harmless by luck, because four inputs that all favor a product need little.
    const shuffled = await Promise.all(
      [1, 2, 3, 4, 5, 6, 7, 8].map((s) => mrrOf("network-shuffled", s)),
    );
    const mean = shuffled.reduce((sum, mrr) => sum + mrr, 0) / shuffled.length;
    expect(intact).toBeGreaterThan(0.3);
    expect(mean).toBeLessThan(0.75 * intact);
    // The weights were trained before acts added up: the luckiest shuffle may be as good as they are.
    expect(Math.max(...shuffled)).toBeLessThan(1.02 * intact);
  });
});
