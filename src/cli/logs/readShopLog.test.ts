import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import { readShopLog } from "./readShopLog.ts";

const folder = mkdtempSync(join(tmpdir(), "vitrine-log-"));
afterAll(() => rmSync(folder, { recursive: true }));

const HEADER = "user_id,session_id,timestamp,event_type,product_id,name,category,brand,price\n";
const ROWS = [
  'u1,s1,2021-01-01T10:00:00Z,view,p1,"Mug, blue",Kitchen > Cups,Brunnen,12.50',
  "u1,s1,2021-01-01T10:01:00Z,cart,p1,Mug,Kitchen > Cups,Brunnen,11",
];

let files = 0;
function fileOf(text: string | Buffer): string {
  const path = join(folder, `${files++}.csv`);
  writeFileSync(path, text);
  return path;
}

/** What is read, and what is said about it. */
function read(text: string | Buffer) {
  const said: string[] = [];
  return {
    rows: readShopLog(fileOf(text), { warn: (line) => said.push(line) }),
    said: said.join("\n"),
  };
}

describe("readShopLog", () => {
  it("reads plain and compressed files alike", () => {
    const text = HEADER + ROWS.join("\n");
    const { rows, said } = read(text);
    expect(rows).toHaveLength(2);
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
    expect(said).toBe("");
    expect(read(gzipSync(text)).rows).toEqual(rows);
  });

  it("reads spreadsheet exports with a byte-order mark, other line ends, blank lines and semicolons", () => {
    const [first = ""] = ROWS;
    const plain = read(HEADER + first).rows;
    expect(read(`\uFEFF${HEADER}${first}\n\n`.replaceAll("\n", "\r\n")).rows).toEqual(plain);
    const row = "u1;s1;2021-01-01T10:00:00Z;view;p1;Mug, blue;Kitchen > Cups;Brunnen;12.5";
    expect(read(`${HEADER.replaceAll(",", ";")}${row}`).rows).toEqual(plain);
  });

  it("finds columns in any order and treats missing ones as unknown", () => {
    const header = "price,product_id,event_type,timestamp,session_id\n";
    const { rows, said } = read(`${header}1,p9,view,2021-01-01T00:00:00Z,s9`);
    expect(rows[0]).toMatchObject({ productId: "p9", sessionId: "s9", price: 1, userId: "" });
    expect(rows[0]).toMatchObject({ name: "", category: "", brand: "" });
    expect(said).toContain("has no column user_id, name, category, brand: unknown");
  });

  it.each([
    ["2021-03-04", Date.UTC(2021, 2, 4)],
    ["2021-03-04 05:06:07", Date.UTC(2021, 2, 4, 5, 6, 7)],
    ["2021-03-04 05:06:07 UTC", Date.UTC(2021, 2, 4, 5, 6, 7)],
    ["2021-03-04T05:06:07.089+02:00", Date.UTC(2021, 2, 4, 3, 6, 7, 89)],
    ["1614834367", Date.UTC(2021, 2, 4, 5, 6, 7)],
    ["1614834367089", Date.UTC(2021, 2, 4, 5, 6, 7, 89)],
    ["1614834367089123", Date.UTC(2021, 2, 4, 5, 6, 7, 89)],
  ])("reads %s as a time in UTC", (time, at) => {
    expect(read(`${HEADER}u,s,${time},view,p,,,,`).rows[0]!.at).toBe(at);
  });

  it.each([
    [
      "x,s1,yesterday,view,p1,,,,",
      'row 3: column timestamp is "yesterday", expected a UTC ISO time',
    ],
    ["x,s1,16094592,view,p1,,,,", 'column timestamp is "16094592", expected a UTC ISO time'],
    [
      "x,s1,2140-01-01,view,p1,,,,",
      'column timestamp is "2140-01-01", expected a time that is past',
    ],
    ["x,s1,2021-13-01,view,p1,,,,", 'column timestamp is "2021-13-01"'],
    ["x,s1,2021-01-01,look,p1,,,,", 'column event_type is "look", expected one of view, cart'],
    ["x,,2021-01-01,view,p1,,,,", 'column session_id is "", expected'],
    ["x,s1,2021-01-01,view,,,,,", 'column product_id is "", expected'],
    ["x,s1,2021-01-01,view,p1,,,,free", 'column price is "free", expected a number'],
    ["x,s1,2021-01-01,view,p1,,,,-1", 'column price is "-1", expected a number'],
    ["x,s1", "row 3: it has 2 columns, expected 9"],
    ['x,s1,2021-01-01,view,p1,"open,,,', "row 3: a quote is not closed, or text follows it"],
  ])("leaves %j out, naming row, column and value", (row, message) => {
    const { rows, said } = read(`${HEADER}${ROWS[0]}\n${row}`);
    expect(rows).toHaveLength(1);
    expect(said).toContain("1 of 2 rows");
    expect(said).toContain(message);
  });

  it("reads units, discounts and refunds, and other words for what was done", () => {
    const header = "session_id,timestamp,event_type,product_id,quantity,discount\n";
    const rows = ["addtocart,p1,3,", "transaction,p1,2,1.50", "purchase,p1,-1,", "refund,p1,1,"];
    const text = header + rows.map((row) => `s1,2021-01-01,${row}`).join("\n");
    expect(
      read(text).rows.map(({ type, quantity, discount }) => [type, quantity, discount]),
    ).toEqual([
      ["cart", 3, undefined],
      ["purchase", 2, 1.5],
      ["refund", 1, undefined],
      ["refund", 1, undefined],
    ]);
    expect(read(`${text}\ns1,2021-01-01,purchase,p1,0,`).said).toContain('column quantity is "0"');
  });

  it("counts all malformed rows and shows the first ten", () => {
    const { said } = read(
      HEADER + [...ROWS, ...Array(30).fill("x,s1,never,view,p,,,,")].join("\n"),
    );
    expect(said).toContain("30 of 32 rows");
    expect(said.match(/row \d+:/g)).toEqual(
      Array.from({ length: 10 }, (_, at) => `row ${at + 4}:`),
    );
  });

  it("fails on malformed rows in strict mode", () => {
    const path = fileOf(`${HEADER}${ROWS[0]}\nx,s1,never,view,p1,,,,`);
    expect(() => readShopLog(path, { isStrict: true })).toThrow(
      /1 of 2 rows .*\n {2}row 3: column/,
    );
  });

  it.each([
    ["", 'lacks column session_id, timestamp, event_type, product_id; row 1 has ""'],
    ["user_id,session_id\n", "lacks column timestamp, event_type, product_id; row 1 has"],
    [HEADER, "no row of log"],
    [`${HEADER}u,s,never,view,p,,,,`, 'is usable\n  row 2: column timestamp is "never"'],
    [gzipSync(HEADER + ROWS.join("\n")).subarray(0, 60), "cannot read log"],
  ])("says what is wrong with a log of %j", (text, message) => {
    expect(() => read(text)).toThrow(message);
  });

  it("names the missing file", () => {
    expect(() => readShopLog(join(folder, "none.csv"))).toThrow(/cannot read log ".*none.csv"/);
  });
});
