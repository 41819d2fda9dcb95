import { readFileSync } from "node:fs";
import { parseCatalog } from "../../src/engine/shop/parseCatalog.ts";

/** The catalog that the shop under test serves. */
export const { catalog } = parseCatalog(
  JSON.parse(readFileSync(new URL("../../public/catalog.json", import.meta.url), "utf8")),
);
