import { readFileSync } from "node:fs";

/** The text of `sql/NAME.sql`, which is beside this file in the sources and in the built command. */
export function readSql(name: string): string {
  return readFileSync(new URL(`./sql/${name}.sql`, import.meta.url), "utf8");
}
