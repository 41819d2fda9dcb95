import { describe, expect, it } from "vitest";
import { table } from "./markdown.ts";

describe("a table", () => {
  it("keeps a cell with a bar in one column", () => {
    expect(table(["a", "b"], [["|x|", "1"]])).toBe("| a | b |\n| --- | --- |\n| \\|x\\| | 1 |");
  });
});
