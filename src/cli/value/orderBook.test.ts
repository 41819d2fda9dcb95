import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { createOrderBook, heldOutShoppers, readOrderBook } from "./orderBook.ts";

const folder = mkdtempSync(join(tmpdir(), "vitrine-orders-"));
const DAY = Date.UTC(2024, 0, 1) / 86_400_000;

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, name.endsWith(".gz") ? gzipSync(text) : text);
  return path;
}

const CSV = `user_id,session_id,timestamp,event_type,product_id,price,quantity,discount
ann,1,2024-01-01T09:00:00Z,purchase,a,3.00,4,0.50
ann,1,2024-01-01T09:00:00Z,purchase,b,1.00,1,
ann,2,2024-01-03T09:00:00Z,view,b,1.00,,
,3,2024-01-03T09:00:00Z,purchase,b,1.00,1,
ben,4,2024-01-04T09:00:00Z,purchase,b,3.00,,
ben,4,2024-01-05T09:00:00Z,refund,b,3.00,1,
ben,4,2024-01-05T09:00:00Z,purchase,b,3.00,-1,
ben,4,no time,purchase,b,3.00,1,
`;

describe("readOrderBook", () => {
  it.each(["log.csv", "log.csv.gz"])(
    "adds up the purchases of known shoppers by day: %s",
    async (name) => {
      const { shoppers, firstDay, lastDay } = await readOrderBook(file(name, CSV));
      expect([...shoppers].map(([id, days]) => [id, [...days]])).toEqual([
        ["ann", [[DAY, 11]]],
        ["ben", [[DAY + 3, 3]]],
      ]);
      expect([firstDay, lastDay]).toEqual([DAY, DAY + 3]);
    },
  );

  it("reads tables of customer, date, units and dollars, by the last id before the date", async () => {
    const table =
      " customer date units dollars\n 00004 0001 20240101 2 29.33\n 00004 0001 20240118 2 9.67\n";
    const { shoppers } = await readOrderBook(file("table.txt", table));
    expect([...shoppers.get("0001")!]).toEqual([
      [DAY, 29.33],
      [DAY + 17, 9.67],
    ]);
  });

  it("refuses what has no orders or cannot be read, naming the file", async () => {
    await expect(readOrderBook(file("empty.csv", "user_id,event_type\n"))).rejects.toThrow(
      "empty.csv",
    );
    await expect(readOrderBook(join(folder, "none.csv"))).rejects.toThrow("none.csv");
    const torn = file("torn.csv.gz", CSV);
    writeFileSync(torn, gzipSync(CSV).subarray(0, 80));
    await expect(readOrderBook(torn)).rejects.toThrow("torn.csv.gz");
  });
});

describe("heldOutShoppers", () => {
  it("parts what is known at a day's end from what comes in the days after", () => {
    const building = createOrderBook();
    for (const [day, value] of [
      [0, 5],
      [10, 7],
      [11, 9],
      [20, 11],
      [21, 13],
    ] as const) {
      building.add("ann", day, value);
    }
    building.add("new", 11, 1);
    const [ann, ...others] = heldOutShoppers(building.book(), { today: 10, days: 10 });
    expect(others).toEqual([]);
    expect(ann).toMatchObject({ orders: 2, value: 20, summary: { repeats: 1, weeks: 10 / 7 } });
  });
});
