import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import { eventOf } from "./logRow.ts";
import { catalogOf, crowdOf, readShopLog, sessionsOf } from "./shopLog.ts";

const folder = mkdtempSync(join(tmpdir(), "vitrine-log-"));
afterAll(() => rmSync(folder, { recursive: true }));

const HEADER = "user_id,session_id,timestamp,event_type,product_id,name,category,brand,price\n";
const ROWS = [
  'u1,s1,2021-01-01T10:00:00Z,view,p1,"Mug, blue",Kitchen > Cups,Brunnen,12.50',
  "u1,s1,2021-01-01T10:01:00Z,cart,p1,Mug,Kitchen > Cups,Brunnen,11",
  ",s2,2021-01-01T10:02:00Z,wishlist,p2,,,,",
  ",s2,2021-01-01T10:03:00Z,purchase,p1,Mug,Kitchen > Cups,,10.004",
];

function fileOf(text: string | Buffer): string {
  const path = join(folder, `${Math.abs(hash(text.toString()))}.csv`);
  writeFileSync(path, text);
  return path;
}

function hash(text: string): number {
  return [...text].reduce((sum, letter) => (31 * sum + letter.charCodeAt(0)) | 0, 7);
}

describe("readShopLog", () => {
  it("reads plain and compressed files alike", () => {
    const text = HEADER + ROWS.join("\n");
    const rows = readShopLog(fileOf(text));
    expect(rows).toHaveLength(4);
    expect(rows[0]).toEqual({
      userId: "u1",
      sessionId: "s1",
      at: Date.UTC(2021, 0, 1, 10),
      type: "view",
      productId: "p1",
      name: "Mug, blue",
      category: "Kitchen > Cups",
      brand: "Brunnen",
      price: 12.5,
    });
    expect(rows[2]!.price).toBeNaN();
    expect(readShopLog(fileOf(gzipSync(text)))).toEqual(rows);
  });

  it("finds the columns in any order", () => {
    const header = "price,brand,category,name,product_id,event_type,timestamp,session_id,user_id\n";
    const [row] = readShopLog(fileOf(`${header}1,b,c,n,p9,view,2021-01-01T00:00:00Z,s9,u9`));
    expect(row).toMatchObject({ productId: "p9", sessionId: "s9", userId: "u9", price: 1 });
  });

  it.each([
    [
      "x,s1,yesterday,view,p1,,,,",
      'row 2: column timestamp is "yesterday", expected a UTC ISO time',
    ],
    [
      "x,s1,2021-01-01,look,p1,,,,",
      'row 2: column event_type is "look", expected one of view, cart',
    ],
    ["x,,2021-01-01,view,p1,,,,", 'row 2: column session_id is "", expected'],
    ["x,s1,2021-01-01,view,,,,,", 'row 2: column product_id is "", expected'],
    ["x,s1,2021-01-01,view,p1,,,,free", 'row 2: column price is "free", expected a number'],
    ["x,s1,2021-01-01,view,p1,,,,-1", 'row 2: column price is "-1", expected a number'],
    ["x,s1", 'row 2: column timestamp is "", expected'],
  ])("names row, column and value of %j", (row, message) => {
    expect(() => readShopLog(fileOf(HEADER + row))).toThrow(message);
  });

  it("counts rows from the header on", () => {
    const bad = [...ROWS, "x,s1,never,view,p1,,,,"].join("\n");
    expect(() => readShopLog(fileOf(HEADER + bad))).toThrow("row 6: column timestamp");
  });

  it("says which columns are missing, and which file", () => {
    expect(() => readShopLog(fileOf("user_id,session_id\n"))).toThrow(
      "row 1 lacks column timestamp, event_type",
    );
    expect(() => readShopLog(join(folder, "none.csv"))).toThrow(/cannot read log ".*none.csv"/);
  });
});

describe("what a log holds", () => {
  const rows = readShopLog(fileOf(HEADER + ROWS.join("\n")));

  it("is sessions in order of their first event", () => {
    expect(sessionsOf(rows).map((session) => session.map(({ productId }) => productId))).toEqual([
      ["p1", "p1"],
      ["p2", "p1"],
    ]);
  });

  it("is products, with the facts their last row gives", () => {
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

  it("is a crowd, each nameless session a shopper of its own", () => {
    expect(crowdOf(sessionsOf(rows)).map(({ shopper }) => shopper)).toEqual(["u1", "s2"]);
  });

  it("is events as the browser would have recorded them", () => {
    expect(rows.map((row) => eventOf(row).type)).toEqual([
      "view",
      "add_to_cart",
      "wishlist",
      "purchase",
    ]);
    expect(eventOf(rows[3]!)).toMatchObject({
      orderId: "s2",
      items: [{ productId: "p1", quantity: 1 }],
    });
  });
});
