import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { createCatalog } from "../../engine/shop/catalog.ts";
import { crowd } from "../../storefront/demo/shoppers.ts";
import { crowdLog } from "../../testing/crowdLog.ts";
import { DAY, fixtureCatalog, NOW } from "../../testing/fixtures.ts";
import { openDuckdb } from "../duckdb.ts";
import { LOG_EVENT_TYPES } from "../logs/logRow.ts";
import type { ColumnNames } from "../logs/readLogs.ts";
import { readShopLog } from "../logs/readShopLog.ts";
import { crowdOf, sessionsOf } from "../logs/shopLog.ts";
import { buildItemPack, DEFAULT_PACK_OPTIONS, type ItemPackOptions } from "./buildItemPack.ts";
import { packLogs, productRows } from "./packLogs.ts";

const folder = mkdtempSync(join(tmpdir(), "vitrine-pack-test-"));
afterAll(() => rmSync(folder, { recursive: true }));

const catalog = fixtureCatalog();
const ids = catalog.products.map(({ id }) => id);
const HEADER = "user_id,session_id,timestamp,event_type,product_id,name,category,brand,price";

let files = 0;
function fileOf(content: string | Uint8Array): string {
  const path = join(folder, `${++files}.csv`);
  writeFileSync(path, content);
  return path;
}

async function packed(
  logs: string[],
  settings: Partial<ItemPackOptions> = {},
  { map = {}, threads = 2 }: { map?: ColumnNames; threads?: number } = {},
) {
  const duckdb = await openDuckdb({ folder, threads, inMemory: true });
  const all = { ...DEFAULT_PACK_OPTIONS, ...settings };
  return packLogs({ duckdb, catalog, logs, settings: all, shardRows: 8, map }).finally(() =>
    duckdb.close(),
  );
}

function inMemory(log: string, settings: Partial<ItemPackOptions> = {}) {
  return buildItemPack(crowdOf(sessionsOf(readShopLog(log))), catalog, settings);
}

const madeUp = crowd(catalog, { shoppers: 300, seed: 5, until: NOW });

describe("counting in SQL", () => {
  it("makes exactly the pack that counting in memory makes", async () => {
    const log = fileOf(crowdLog(madeUp));
    const expected = inMemory(log, { neighbors: 6 });
    const { pack, report } = await packed([log], { neighbors: 6 });
    expect(pack).toEqual(expected.pack);
    expect(report.pairsKept).toBe(expected.pairsKept);
    expect(report.pairsBelowFloor).toBe(expected.pairsBelowFloor);
    expect(report).toMatchObject({ sessions: madeUp.length, shoppers: 300, unknownEvents: 0 });
    expect(pack.neighbors.length).toBeGreaterThan(50);
  });

  it("agrees with counting in memory on any small log", async () => {
    const row = fc.record({
      session: fc.integer({ min: 0, max: 4 }),
      gapMs: fc.integer({ min: 0, max: 40 * DAY }),
      type: fc.constantFrom(...LOG_EVENT_TYPES, "purchase", "refund", "refund"),
      quantity: fc.constantFrom("", "1", "2", "3", "-1"),
      id: fc.constantFrom(...ids, "elsewhere"),
    });
    const logs = fc.array(row, { minLength: 1, maxLength: 60 });
    const property = fc.asyncProperty(logs, fc.integer({ min: 1, max: 3 }), async (rows, floor) => {
      let at = NOW;
      const lines = rows.map(({ session, gapMs, type, id, quantity }) => {
        at += gapMs;
        // Sessions 0 and 1 belong to one shopper, 2 to another; the others are nameless.
        const user = ["ann", "ann", "bob", "", ""][session];
        return `${user},s${session},${new Date(at).toISOString()},${type},${id},,,,,${quantity}`;
      });
      const log = fileOf([`${HEADER},quantity`, ...lines].join("\n"));
      const settings = { minShoppers: floor, neighbors: 4 };
      const { pack, report } = await packed([log], settings);
      const expected = inMemory(log, settings);
      expect(pack).toEqual(expected.pack);
      expect(report.pairsBelowFloor).toBe(expected.pairsBelowFloor);
    });
    await fc.assert(property, { numRuns: 12, seed: 7 });
  }, 60_000);

  it("counts what was returned as if it had never been bought", async () => {
    const line = (shopper: string, type: string, id: string, quantity: number) =>
      `${shopper},${shopper}-${type}-${id},2026-01-0${type === "refund" ? 2 : 1},${type},${id},,,,,${quantity}`;
    const [mug, cup] = ids as [string, string];
    const bought = ["ann", "bob", "cem"].map((shopper) => line(shopper, "purchase", cup, 1));
    const returned = ["dan", "eve", "fay"].flatMap((shopper) => [
      line(shopper, "purchase", mug, 2),
      line(shopper, "refund", mug, 2),
    ]);
    const header = `${HEADER},quantity`;
    const all = fileOf([header, ...bought, ...returned].join("\n"));
    const kept = fileOf([header, ...bought].join("\n"));
    const { pack, report } = await packed([all], { minShoppers: 1 });
    expect(pack).toEqual((await packed([kept], { minShoppers: 1 })).pack);
    expect(report).toMatchObject({ events: 3, sessions: 3, shoppers: 3 });
    expect(report.log.notes.join()).toContain("3 rows are refunds");
  });

  it("makes the same pack from several files, compressed or not, with any number of threads", async () => {
    const whole = fileOf(crowdLog(madeUp));
    const half = madeUp.length / 2;
    // Session names must not repeat across the two files.
    const later = crowdLog(madeUp.slice(half)).replaceAll(",session-", ",late-session-");
    const parts = [fileOf(gzipSync(crowdLog(madeUp.slice(0, half)))), fileOf(later)];
    const { pack } = await packed(parts, {}, { threads: 1 });
    expect(pack).toEqual((await packed([whole])).pack);
  });

  it("recognizes products by their aliases", () => {
    const [mug, cup] = catalog.products;
    const products = [{ ...mug!, aliases: ["4711", cup!.id, "4711"] }, cup!];
    expect([...productRows(createCatalog(products))]).toEqual([
      [mug!.id, 0],
      ["4711", 0],
      [cup!.id, 1],
    ]);
  });

  it("reports events of products that are not in the catalog", async () => {
    const log = fileOf(
      [HEADER, ...["gone", "k1", "gone", "odd"].map((id) => `a,s,2026-01-01,view,${id},,,,`)].join(
        "\n",
      ),
    );
    const { report } = await packed([log]);
    expect(report).toMatchObject({ events: 4, unknownEvents: 3, unknownIds: ["gone", "odd"] });
  });
});

describe("a log's rows", () => {
  const time = "2026-01-01T00:00:00Z";
  const good = `ann,s1,${time},view,k1,"Mug, ""blue""",a > b,c,1`;

  it("are skipped and counted when malformed, and the first ten are reported with the expected value", async () => {
    const log = fileOf(
      [
        HEADER,
        good,
        "ann,s1",
        "ann,s1,never,view,k1,,,,",
        `ann,s1,${time},view,k2,"two\nlines",,,`,
        `ann,s1,${time},look,k1,,,,`,
        `ann,s1,${time},view,k1,,,,1,2`,
        `ann,,${time},view,k1,,,,`,
        `ann,s1,${time},view,,,,,`,
        `ann,s1,infinity,view,k1,,,,`,
        ...Array.from({ length: 8 }, () => "ann,s1,soon,view,k1,,,,"),
        good,
      ].join("\n"),
    );
    const { report } = await packed([log]);
    expect(report.events).toBe(3);
    expect(report.log).toMatchObject({ rows: 18, malformed: 15 });
    expect(report.log.faults.map((fault) => fault.replace(`${log}: `, ""))).toEqual([
      "row 3: it has 2 columns, expected 9",
      expect.stringContaining('row 4: column timestamp is "never", expected a UTC ISO time'),
      'row 6: column event_type is "look", expected one of view, cart, wishlist, purchase, refund',
      "row 7: it has 10 columns, expected 9",
      'row 8: column session_id is "", expected a session\'s id',
      'row 9: column product_id is "", expected a product\'s id',
      expect.stringContaining('row 10: column timestamp is "infinity", expected a UTC ISO time'),
      expect.stringContaining('row 11: column timestamp is "soon", expected a UTC ISO time'),
      expect.stringContaining('row 12: column timestamp is "soon", expected a UTC ISO time'),
      expect.stringContaining('row 13: column timestamp is "soon", expected a UTC ISO time'),
    ]);
  });

  it("do no harm, whatever they contain", async () => {
    const cell = fc.oneof(
      fc.constantFrom(
        "'",
        '"',
        "; DROP TABLE events; --",
        "{file}",
        "$&",
        "k1",
        time,
        "view",
        "\u0000",
      ),
      fc.string({ unit: "grapheme", maxLength: 8 }),
    );
    const rows = fc.array(fc.array(cell, { minLength: 0, maxLength: 11 }), { maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(rows, async (lines) => {
        const log = fileOf([HEADER, good, ...lines.map((line) => line.join(","))].join("\n"));
        const { report } = await packed([log]);
        expect(report.events + report.log.malformed).toBe(report.log.rows);
      }),
      { numRuns: 5, seed: 3 },
    );
  }, 60_000);

  it("may have columns in any order and under other names", async () => {
    const log = fileOf(
      `\uFEFFsku;what;"the ""when""";visit\nk1;view;${time};s1\nk2;cart;${time};s1\n`,
    );
    const map = {
      product_id: "sku",
      event_type: "what",
      timestamp: 'the "when"',
      session_id: "visit",
    };
    const { pack } = await packed([log], { minShoppers: 1 }, { map });
    expect(pack.neighbors).toHaveLength(2);
  });

  it("are purchases in an order export", async () => {
    const shopify = [
      "Name,Email,Financial Status,Created at,Lineitem quantity,Lineitem name,Lineitem sku",
      "#1001,ann@example.com,paid,2026-01-05 10:11:12 -0500,1,Mug,k1",
      "#1001,ann@example.com,,2026-01-05 10:11:12 -0500,2,Cup,k2",
    ];
    const log = fileOf(shopify.join("\n"));
    const { pack, report } = await packed([log], { minShoppers: 1 });
    expect(report.log).toMatchObject({ malformed: 0 });
    expect(report.log.notes).toEqual([`${log}: no event_type, so every row counts as a purchase`]);
    expect(pack.neighbors).toHaveLength(2);
  });

  it("can come from GA4's BigQuery export", async () => {
    const event = (name: string, items: string[], second: number, session: string | null = "77") =>
      JSON.stringify({
        event_date: "20260101",
        event_timestamp: String(1767225600000000 + second * 1e6),
        event_name: name,
        event_params: [
          { key: "page_location", value: { string_value: "https://shop.example/" } },
          ...(session === null ? [] : [{ key: "ga_session_id", value: { int_value: session } }]),
        ],
        user_pseudo_id: "1.2",
        items: items.map((id) => ({ item_id: id, item_name: "x", price: 1 })),
      });
    const lines = [
      event("page_view", [], 0),
      event("view_item", ["k2"], 9),
      event("view_item", ["k1"], 3),
      "{half a line",
      event("purchase", ["k1", "b1"], 12),
      event("view_item", ["k1"], 13, null),
      event("view_item", [], 14),
    ];
    const log = fileOf(lines.join("\n"));
    const { pack, report } = await packed([log], { minShoppers: 1 });
    expect(report).toMatchObject({ events: 4, sessions: 1 });
    expect(report.log.faults.map((fault) => fault.replace(`${log}: `, ""))).toEqual([
      "row 4: no JSON object with event_name",
      "row 6: event_params holds no ga_session_id",
      'row 7: column product_id is "", expected a product\'s id',
    ]);
    // In order of time: k1, k2, b1.
    const expected = buildItemPack(
      [
        {
          shopper: "u",
          events: ["k1", "k2", "b1"].map((productId) => ({ type: "view", at: 1, productId })),
        },
      ],
      catalog,
      { minShoppers: 1 },
    );
    expect(pack.neighbors).toEqual(expected.pack.neighbors);
    expect(pack.strengths).toEqual(expected.pack.strengths);
  });

  it.each([
    ["", "is empty, expected CSV or JSON lines"],
    [
      "session_id,timestamp\n",
      "lacks column product_id; it has session_id, timestamp. Name the columns",
    ],
  ])("of %j are refused", async (content, message) => {
    await expect(packed([fileOf(content)])).rejects.toThrow(message);
  });

  it("are rejected with the file's name when it is missing or truncated", async () => {
    await expect(packed([join(folder, "none.csv")])).rejects.toThrow(
      /cannot read log ".*none.csv"/,
    );
    const cut = gzipSync(crowdLog(madeUp)).subarray(0, 5000);
    await expect(packed([fileOf(cut)])).rejects.toThrow(/cannot read log/);
  });
});
