import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { eventOf } from "./logRow.ts";
import { readShopLog } from "./readShopLog.ts";
import { catalogOf, crowdOf, sessionsOf } from "./shopLog.ts";

const folder = mkdtempSync(join(tmpdir(), "vitrine-log-"));
afterAll(() => rmSync(folder, { recursive: true }));

const HEADER = "user_id,session_id,timestamp,event_type,product_id,name,category,brand,price\n";
const ROWS = [
  'u1,s1,2021-01-01T10:00:00Z,view,p1,"Mug, blue",Kitchen > Cups,Brunnen,12.50',
  "u1,s1,2021-01-01T10:01:00Z,cart,p1,Mug,Kitchen > Cups,Brunnen,11",
  ",s2,2021-01-01T10:02:00Z,wishlist,p2,,,,",
  ",s2,2021-01-01T10:03:00Z,purchase,p1,Mug,Kitchen > Cups,,10.004",
];

const path = join(folder, "log.csv");
writeFileSync(path, HEADER + ROWS.join("\n"));

describe("a shop log", () => {
  const rows = readShopLog(path);

  it("yields sessions in order of their first event", () => {
    expect(sessionsOf(rows).map((session) => session.map(({ productId }) => productId))).toEqual([
      ["p1", "p1"],
      ["p2", "p1"],
    ]);
  });

  it("yields products with the data of their last row", () => {
    const { products } = catalogOf(rows);
    expect(products).toEqual([
      {
        id: "p1",
        title: "Mug",
        categoryPath: ["Kitchen", "Cups"],
        priceMinor: 1000,
        currency: "XXX",
      },
      { id: "p2", title: "p2", categoryPath: [], priceMinor: 0, currency: "XXX" },
    ]);
  });

  it("treats each session without a user as a separate shopper", () => {
    expect(crowdOf(sessionsOf(rows)).map(({ shopper }) => shopper)).toEqual(["u1", "s2"]);
  });

  it("yields events as the browser would have recorded them", () => {
    expect(rows.map((row) => eventOf(row).type)).toEqual([
      "view",
      "add_to_cart",
      "wishlist",
      "purchase",
    ]);
    expect(eventOf(rows[3]!)).toMatchObject({
      orderId: "s2",
      items: [{ productId: "p1", quantity: 1, priceMinor: 1000 }],
    });
    const bought = { ...rows[3]!, price: 20, discount: 4.5, quantity: 2 };
    expect(eventOf(bought)).toMatchObject({
      items: [{ productId: "p1", quantity: 2, priceMinor: 1550, discountMinor: 450 }],
    });
    expect(eventOf({ ...bought, price: Number.NaN, discount: 30 })).toMatchObject({
      items: [{ productId: "p1", quantity: 2, discountMinor: 3000 }],
    });
  });
});
