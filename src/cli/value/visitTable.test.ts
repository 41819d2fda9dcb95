import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createRandom } from "../../engine/kit/random.ts";
import { evaluateVisitTable } from "./evaluateVisitTable.ts";
import { KINDS, NUMBERS, readVisitTable } from "./visitTable.ts";

const folder = mkdtempSync(join(tmpdir(), "vitrine-visits-"));

function table(name: string, columns: readonly string[], rows: string[][]): string {
  const path = join(folder, name);
  writeFileSync(path, [columns, ...rows].map((row) => row.join(",")).join("\n"));
  return path;
}

describe("a table of visits", () => {
  it("is read without the column that leaks the outcome", () => {
    const columns = [...NUMBERS, "PageValues", ...KINDS, "Revenue"];
    const row = (bought: string) => columns.map((name) => (name === "Revenue" ? bought : "7"));
    const path = table("visits.csv", columns, [row("1"), row("0"), row("TRUE"), row("FALSE")]);
    const visits = readVisitTable(path);
    expect(visits.map(({ bought }) => bought)).toEqual([true, false, true, false]);
    expect(visits[0]!.numbers).toEqual(NUMBERS.map(() => 7));
    expect(visits[0]!.kinds).toEqual(KINDS.map(() => "7"));
  });

  it("is refused where a column is missing, naming it", () => {
    const path = table("short.csv", [...NUMBERS, "Revenue"], [NUMBERS.map(() => "1")]);
    expect(() => readVisitTable(path)).toThrow("lacks column Month");
    expect(() => readVisitTable(join(folder, "none.csv"))).toThrow("none.csv");
  });

  it("lets all three ways find what made-up visits have in common", async () => {
    const random = createRandom(51);
    const visits = Array.from({ length: 1500 }, () => {
      const pages = random.integer(60);
      const kinds = KINDS.map(() => "ab"[random.integer(2)]!);
      const chance = 1 / (1 + Math.exp(3 - pages / 15 - (kinds[0] === "a" ? 1.5 : 0)));
      return {
        numbers: NUMBERS.map((name) => (name === "ProductRelated" ? pages : random.next())),
        kinds,
        bought: random.next() < chance,
      };
    });
    const figures = await evaluateVisitTable(visits);
    expect(figures).toHaveLength(3);
    for (const { auc } of figures) expect(auc).toBeGreaterThan(0.7);
  });
});
