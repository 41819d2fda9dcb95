import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Duckdb, openDuckdb } from "../duckdb.ts";
import { dayOrderEvidence, dayOrderIn, dayOrderOf, timeSql } from "./logTime.ts";
import { timePattern } from "./timePattern.ts";
import { timeReader } from "./timeReader.ts";

let duckdb: Duckdb;
beforeAll(async () => {
  duckdb = await openDuckdb({ folder: "", inMemory: true });
});
afterAll(() => duckdb.close());

/** Milliseconds since 1970 of each text as `vitrine pack` reads it. */
async function inSql(texts: readonly string[], time: string | undefined): Promise<number[]> {
  const rows = texts.map((text, at) => `(${at}, '${text}')`).join(", ");
  const read = await duckdb.rows(
    `SELECT CAST(epoch_ms(${timeSql(time)}) AS DOUBLE) FROM (VALUES ${rows}) AS log(place, time_text) ORDER BY place`,
  );
  return read.map(([ms]) => (ms === null ? Number.NaN : (ms as number)));
}

const ISO = [
  "2021-01-31T09:30:00Z",
  "2021-01-31T09:30",
  "2021-01-31 09:30:00.125",
  "2021-01-31 09:30:00 +0100",
  "2021-01-31 09:30:00-05:30",
  "2021-01-31",
  "2021-02-31",
  "2021-01-31 24:10:00",
  "1433221332",
  "1433221332.117",
  "1433221332117",
  "1433221332117593",
  "20210131",
  "20211331",
  "1433",
  "soon",
  "",
];
const DATES = [
  "31.1.2026 13:30",
  "31.01.26",
  "1/31/2026 1:30 PM",
  "12/1/2010 8:26",
  "12/13/2010, 12:05 am",
  "1-12-2010 23:59:59",
  "31.02.2026",
  "31.12.2025T10:00:00.5",
  "32.13.2010",
  "1.1.202",
];

describe("times in memory are read as in SQL", () => {
  it.each([
    [undefined, [...ISO, ...DATES]],
    ["ymd", [...ISO, ...DATES]],
    ["dmy", [...ISO, ...DATES]],
    ["mdy", [...ISO, ...DATES]],
    ["%d-%b-%Y %H:%M", ["05-Dec-2010 08:26", "5-dec-2010 8:26", "31-Feb-2010 08:26", "5 Dec 2010"]],
    ["%-d %B %y, %I:%M %p", ["5 December 10, 12:26 AM", "5 May 69, 1:00 pm", "5 May 68, 13:00 pm"]],
    ["%Y%m%dT%H%M%S%z", ["20101205T082600+0200", "20101205T082600", "20101205T082600-05"]],
    ["%A %d/%m/%Y %H.%M.%S.%f", ["Sunday 05/12/2010 08.26.01.250000", "Sunday 05/12/2010"]],
    ["%m %d %Y 100%%", ["12 05 2010 100%", "12 05 2010 100"]],
  ])("with --time %s", async (time, texts) => {
    const read = timeReader(time);
    expect(texts.some((text) => read(text) > 0)).toBe(true);
    expect(texts.map((text) => [text, read(text)])).toEqual(
      (await inSql(texts, time)).map((at, index) => [texts[index], at]),
    );
  });

  it.each([
    ["12/1/2010", "12/13/2010"],
    ["1/12/2010", "13/12/2010"],
    ["1.2.2010"],
    ["1/2/2010"],
    ["13/2/2010", "2/13/2010"],
    ["2010-01-02"],
  ])("and so is the order of day and month: %s %s", async (...texts) => {
    const rows = texts.map((text) => `('${text}')`).join(", ");
    const source = `SELECT * FROM (VALUES ${rows}) AS log(time_text)`;
    const [evidence] = (await duckdb.rows(dayOrderEvidence(source))) as [number[]];
    expect(dayOrderIn(texts)).toBe(dayOrderOf(evidence));
  });
});

it("a pattern with a directive that is not known is refused by name", () => {
  expect(() => timePattern("%Y-%Q")).toThrow('time pattern "%Y-%Q" has %Q, expected %Y %y');
});
