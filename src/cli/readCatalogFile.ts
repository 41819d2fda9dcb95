import { readFileSync } from "node:fs";
import { parseCatalog } from "../engine/shop/parseCatalog.ts";
import { CommandError } from "./commandError.ts";

/**
 * Reads a catalog as the browser does.
 * @throws {CommandError} naming the file if it is not a catalog.
 */
export function readCatalogFile(path: string): ReturnType<typeof parseCatalog> {
  try {
    return parseCatalog(JSON.parse(readFileSync(path, "utf8")));
  } catch (error) {
    throw new CommandError(`cannot read catalog "${path}": ${(error as Error).message}`);
  }
}
