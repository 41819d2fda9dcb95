import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Duckdb, openDuckdb } from "../duckdb.ts";
import { DEFAULT_PACK_OPTIONS } from "../pack/buildItemPack.ts";
import { createInputs } from "./countCrowd.ts";
import { type ReadLogsOptions, readLogs } from "./readLogs.ts";

/** Logs in the shapes that shops export, and what each of them means. */
const folder = mkdtempSync(join(tmpdir(), "vitrine-field-log-"));
let duckdb: Duckdb;
beforeAll(async () => {
  duckdb = await openDuckdb({ folder, inMemory: true });
  await createInputs(duckdb, DEFAULT_PACK_OPTIONS);
});
afterAll(() => {
  duckdb.close();
  rmSync(folder, { recursive: true });
});

const NOW = Date.UTC(2026, 5, 1);
const path = join(folder, "log.csv");

async function read(lines: readonly string[], options: ReadLogsOptions = {}) {
  writeFileSync(path, lines.join("\n"));
  for (const kind of ["VIEW events", "TABLE with_sessions", "TABLE log_rows"]) {
    await duckdb.run(`DROP ${kind.split(" ")[0]} IF EXISTS ${kind.split(" ")[1]}`);
  }
  const report = await readLogs(duckdb, [path], { now: NOW, ...options });
  const rows = await duckdb.rows(
    `SELECT strftime(make_timestamp(at_ms * 1000), '%Y-%m-%d %H:%M:%S'), event_type, product_id,
       session_id, user_id FROM events ORDER BY seq`,
  );
  return { report, rows, faults: report.faults.map((fault) => fault.replace(`${path}: `, "")) };
}

const times = async (texts: readonly string[], options: ReadLogsOptions = {}) => {
  const lines = texts.map((text) => `s;"${text}";view;k1`);
  const { rows } = await read(["session_id;timestamp;event_type;product_id", ...lines], options);
  return rows.map(([at]) => at);
};

describe("times of a log", () => {
  it.each([
    ["1433221332"],
    ["1433221332117"],
    ["1433221332117593"],
    ["1433221332.117"],
    ["2015-06-02T05:02:12Z"],
    ["2015-06-02 07:02:12 +0200"],
    ["02.06.2015 05:02:12"],
    ["2.6.2015 05:02:12"],
    ["02.06.15 05:02:12"],
  ])("are read from %j", async (text) => {
    expect(await times([text])).toEqual(["2015-06-02 05:02:12"]);
  });

  it.each([
    [
      ["12/1/2010 8:26", "12/13/2010 9:41"],
      ["2010-12-01 08:26:00", "2010-12-13 09:41:00"],
    ],
    [
      ["1/12/2010 8:26", "13/12/2010 9:41"],
      ["2010-12-01 08:26:00", "2010-12-13 09:41:00"],
    ],
    [
      ["1-12-2010", "31-12-2010"],
      ["2010-12-01 00:00:00", "2010-12-31 00:00:00"],
    ],
    [
      ["12/13/2010 8:26 PM", "12/1/2010 8:26 AM"],
      ["2010-12-13 20:26:00", "2010-12-01 08:26:00"],
    ],
    [
      ["12/13/10", "12/1/10 23:59"],
      ["2010-12-13 00:00:00", "2010-12-01 23:59:00"],
    ],
  ])("have the order that the file's dates show: %j", async (texts, expected) => {
    expect(await times(texts)).toEqual(expected);
  });

  it("that could be two days are refused, and read as --time says", async () => {
    expect(await times(["12/1/2010 8:26"])).toEqual([]);
    expect(await times(["12/1/2010 8:26"], { time: "mdy" })).toEqual(["2010-12-01 08:26:00"]);
    expect(await times(["12/1/2010 8:26"], { time: "dmy" })).toEqual(["2010-01-12 08:26:00"]);
    const { faults } = await read([
      "session_id,timestamp,product_id",
      "s,12/1/2010 8:26,k1",
      "s,32.13.2010,k1",
    ]);
    expect(faults[0]).toContain("--time dmy or mdy");
    expect(faults).toHaveLength(2);
    expect(await times(["1 Dec 2010 8h26"], { time: "%-d %b %Y %Hh%M" })).toEqual([
      "2010-12-01 08:26:00",
    ]);
  });

  it("beyond now, or far from all others, are left out and reported", async () => {
    const usual = Array.from(
      { length: 300 },
      (_, at) => `s${at},${1_700_000_000 + at * 3600},view,k1`,
    );
    const strays = ["x,2036-01-01,view,k1", "y,1971-01-01,view,k1", "z,2020-01-01,view,k1"];
    const { rows, report, faults } = await read([
      "session_id,timestamp,event_type,product_id",
      ...strays,
      ...usual,
    ]);
    expect(rows).toHaveLength(300);
    expect(report).toMatchObject({ rows: 303, malformed: 3 });
    expect(faults).toEqual([
      'row 2: column timestamp is "2036-01-01", expected a time that is past',
    ]);
    expect(report.notes.join()).toContain(
      "2 rows left out, whose time is far from that of the others",
    );
  });

  it("of few rows are never far from each other", async () => {
    expect(await times(["2003-01-01", "2026-01-01"])).toHaveLength(2);
  });
});

describe("words of a log", () => {
  it.each([
    ["view", "view"],
    ["view_item", "view"],
    ["Product Viewed", "view"],
    ["pv", "view"],
    ["addtocart", "cart"],
    ["add_to_cart", "cart"],
    ["Product Added", "cart"],
    ["fav", "wishlist"],
    ["add_to_wishlist", "wishlist"],
    ["transaction", "purchase"],
    ["Order Completed", "purchase"],
    ["buy", "purchase"],
  ])("%j is a %s", async (word, type) => {
    const { rows } = await read([
      "session_id,timestamp,event_type,product_id",
      `s,2026-01-01,${word},k1`,
    ]);
    expect(rows.map(([, found]) => found)).toEqual([type]);
  });

  it("may be the shop's own, are passed over where they say nothing, and refused where unknown", async () => {
    const lines = ["kauf", "scroll", "remove_from_cart", "gucken", "look"].map(
      (word) => `s,2026-01-01,${word},k1`,
    );
    const { rows, report, faults } = await read(
      ["session_id,timestamp,event_type,product_id", ...lines],
      {
        words: { kauf: "purchase", gucken: "none" },
      },
    );
    expect(rows.map(([, type]) => type)).toEqual(["purchase"]);
    expect(report.notes.join()).toContain("3 rows passed over");
    expect(faults).toEqual([expect.stringContaining('event_type is "look"')]);
  });
});

describe("exports", () => {
  it("of clicks without sessions are parted by pauses", async () => {
    const { rows, report } = await read([
      "timestamp,visitorid,event,itemid,transactionid",
      "1433221332117,257,view,k1,",
      "1433221392117,257,addtocart,k2,",
      "1433231392117,257,transaction,k2,123",
      "1433221332117,111,view,k1,",
    ]);
    expect(rows.map(([, type, id, session]) => [type, id, session])).toEqual([
      ["view", "k1", "257 0"],
      ["cart", "k2", "257 0"],
      ["purchase", "k2", "257 1"],
      ["view", "k1", "111 0"],
    ]);
    expect(report.notes.join()).toContain("a pause of 30 minutes");
  });

  it("of clicks may be mapped, with a shopper as one session", async () => {
    const map = {
      session_id: "visitorid",
      event_type: "event",
      product_id: "itemid",
      timestamp: "timestamp",
    };
    const { rows } = await read(
      ["timestamp,visitorid,event,itemid,transactionid", "1433221332117,257,view,k1,"],
      { map },
    );
    expect(rows.map(([, , , session]) => session)).toEqual(["257"]);
  });

  it.each([
    ["InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country", ","],
    ["Invoice,StockCode,Description,Quantity,InvoiceDate,Price,Customer ID,Country", ","],
    ["InvoiceNo;StockCode;Description;Quantity;InvoiceDate;UnitPrice;CustomerID;Country", ";"],
  ])("of invoices are purchases, and returns are none: %s", async (header, delimiter) => {
    const lines = [
      "536365,k1,MUG,6,2010-12-01 08:26:00,2.55,17850,UK",
      "C536379,k2,MUG,-6,2010-12-01 09:41:00,27.5,17850,UK",
      "536390,k3,MUG,0,2010-12-01 09:41:00,0,,UK",
      "536391,k3,MUG,some,2010-12-01 09:41:00,0,,UK",
    ];
    const { rows, report, faults } = await read([
      header,
      ...lines.map((line) => line.replaceAll(",", delimiter)),
    ]);
    expect(rows.map(([, type, id, session, user]) => [type, id, session, user])).toEqual([
      ["purchase", "k1", "536365", "17850"],
    ]);
    expect(report.notes.join()).toContain("1 rows are refunds, returns or cancelled orders");
    expect(faults).toEqual([
      'row 4: column Quantity is "0", expected 1 or more',
      'row 5: column Quantity is "some", expected a number of units',
    ]);
  });

  it("of Shopify's orders say an order's facts in its first line only", async () => {
    const { rows, report, faults } = await read([
      "Name,Email,Financial Status,Created at,Cancelled at,Lineitem quantity,Lineitem sku",
      "#1001,ann@example.com,paid,2026-01-05 10:11:12 -0500,,1,k1",
      "#1001,,,,,2,k2",
      "#1002,bob@example.com,refunded,2026-01-06 10:11:12 -0500,,1,k1",
      "#1002,,,,,1,k2",
      "#1003,bob@example.com,paid,2026-01-06 10:11:12 -0500,2026-01-07 10:11:12 -0500,1,k1",
      "#1004,bob@example.com,partially_refunded,2026-01-06 10:11:12 -0500,,1,k3",
      "#1005,,,,,1,k3",
    ]);
    expect(rows.map(([at, , id, session, user]) => [at, id, session, user])).toEqual([
      ["2026-01-05 15:11:12", "k1", "#1001", "ann@example.com"],
      ["2026-01-05 15:11:12", "k2", "#1001", "ann@example.com"],
      ["2026-01-06 15:11:12", "k3", "#1004", "bob@example.com"],
    ]);
    expect(report.notes.join()).toContain("3 rows are refunds, returns or cancelled orders");
    expect(faults).toEqual([expect.stringContaining('row 8: column Created at is ""')]);
  });

  it.each([
    ["1612069520766593", "1612069540766593"],
    ["2021-01-31 05:05:20", "2021-01-31 05:05:40"],
  ])("of GA4 as a flat table have sessions for each shopper: %s", async (first, second) => {
    const { rows, report } = await read([
      "event_date,event_timestamp,event_name,user_pseudo_id,ga_session_id,item_id,item_name",
      `20210131,${first},view_item,U1,123,k1,x`,
      `20210131,${second},add_to_cart,U1,123,k2,y`,
      `20210131,${second},purchase,U2,123,k2,y`,
      `20210131,${second},page_view,U2,123,,`,
      `20210131,${second},refund,U2,123,k2,y`,
    ]);
    expect(rows).toEqual([
      ["2021-01-31 05:05:20", "view", "k1", "U1.123", "U1"],
      ["2021-01-31 05:05:40", "cart", "k2", "U1.123", "U1"],
      ["2021-01-31 05:05:40", "purchase", "k2", "U2.123", "U2"],
    ]);
    expect([report.malformed, report.notes.length]).toEqual([0, 2]);
  });
});
