import { readFileSync } from "node:fs";
import { parseCatalog } from "../engine/shop/parseCatalog.ts";
import { withOtherNames } from "../engine/shop/productNames.ts";
import { CommandError } from "./commandError.ts";

/**
 * Reads a catalog as the browser does.
 * @throws {CommandError} naming the file if it is not a catalog.
 */
export function readCatalogFile(path: string): ReturnType<typeof parseCatalog> {
  try {
    const parsed = parseCatalog(JSON.parse(readFileSync(path, "utf8")));
    return { ...parsed, catalog: withOtherNames(parsed.catalog) };
  } catch (error) {
    throw new CommandError(`cannot read catalog "${path}": ${(error as Error).message}`);
  }
}
