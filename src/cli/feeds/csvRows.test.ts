import fc from "fast-check";
import Papa from "papaparse";
import { describe, expect, it } from "vitest";
import { csvTable } from "./csvRows.ts";

const fieldsOf = (text: string) => csvTable(text).rows.map(({ fields }) => fields);

describe("csvTable", () => {
  it.each([
    ["id,title,price\n1,Mug,5", ","],
    ["id;title;price\n1;Mug;5", ";"],
    ["id\ttitle\tprice\n1\tMug\t5", "\t"],
    ["id|title|price\r\n1|Mug|5\r\n", "|"],
    ["sep=;\r\nid;title;price\r\n1;Mug;5", ";"],
    ["\nid,title,price\r1,Mug,5\r", ","],
    ['"id","title, in full",price\n1,Mug,5', ","],
  ])("finds the delimiter of %j", (text, delimiter) => {
    const table = csvTable(text);
    expect([table.delimiter, table.header.length]).toEqual([delimiter, 3]);
    expect(table.rows.map(({ fields }) => fields)).toEqual([["1", "Mug", "5"]]);
  });

  it("reads what any writer of the standard writes", () => {
    const rowOf = (cell: fc.Arbitrary<string>) => fc.tuple(cell, cell, cell, cell);
    const onOneLine = rowOf(fc.stringMatching(/^[a-z,;\t" ]{0,6}$/));
    const onSeveral = rowOf(fc.stringMatching(/^[a-z"\n ]{0,6}$/));
    const rows = fc.array(fc.oneof(onOneLine, onSeveral), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(rows, fc.constantFrom(",", ";", "\t"), (written, delimiter) => {
        const full = written.map(([a, b, c, d]) => [`x${a}`, b, c, `${d}x`]);
        const text = Papa.unparse([["a", "b", "c", "d"], ...full], { delimiter, quotes: true });
        expect(fieldsOf(text)).toEqual(full);
      }),
      { numRuns: 300, seed: 11 },
    );
  });

  it("never lets a quote that is not closed take the rows after it", () => {
    const rows = Array.from({ length: 2000 }, (_, at) =>
      at % 2 === 0 ? `${at},Pan ${at},5.00,x` : `${at},"Mug, blue",5.00,x`,
    );
    rows[500] = '500,"12 inch pan,5.00,x';
    const table = csvTable(["id,title,price,note", ...rows].join("\n"));
    expect(table.rows).toHaveLength(2000);
    expect(table.rows.filter(({ fault }) => fault)).toEqual([]);
    expect(table.rows[500]?.fields).toEqual(["500", '"12 inch pan', "5.00", "x"]);
  });

  it.each([
    ['1,"Pan 12" wide",5', ["1", 'Pan 12" wide', "5"]],
    ['1,Pan 12",5', ["1", 'Pan 12"', "5"]],
    ['1,"5" pan, blue",5', ["1", '5" pan, blue', "5"]],
    ['1,"Mug",5', ["1", "Mug", "5"]],
    ['"1","12 inch pan,"5"', ["1", '"12 inch pan', "5"]],
    ['1, "Mug, red" ,5', ["1", "Mug, red", "5"]],
    ['1,"say ""hi""",5', ["1", 'say "hi"', "5"]],
  ])("reads %j as it is meant", (line, fields) => {
    expect(fieldsOf(`id,title,price\n${line}\n2,Pot,6`)).toEqual([fields, ["2", "Pot", "6"]]);
  });

  it("keeps lines of one field together", () => {
    const text = 'id,title,price\n1,"A pot,\nin two lines",5\n2,Mug,6';
    expect(csvTable(text).rows).toEqual([
      { line: 2, fields: ["1", "A pot,\nin two lines", "5"] },
      { line: 4, fields: ["2", "Mug", "6"] },
    ]);
  });

  it("says which lines it cannot read, and goes on after them", () => {
    const text = 'id,title,price\n1,"Mug, blue,5\n2,Pot, with lid,6\n3,Jug,7';
    expect(csvTable(text).rows).toMatchObject([
      { line: 2, fault: expect.stringContaining("quote") },
      { line: 3, fault: "it has 4 columns, expected 3" },
      { line: 4, fields: ["3", "Jug", "7"] },
    ]);
  });
});
