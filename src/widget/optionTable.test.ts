import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { optionPage } from "./optionTable.ts";

it("docs/options.md matches the options; npm run docs generates it", () => {
  const file = new URL("../../docs/options.md", import.meta.url);
  expect(readFileSync(file, "utf8")).toBe(optionPage());
});
