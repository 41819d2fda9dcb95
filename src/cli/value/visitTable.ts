import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import Papa from "papaparse";
import { CommandError } from "../commandError.ts";

/**
 * A table of finished visits (UCI 468, Sakar et al., "Real-time prediction of online shoppers' purchasing
 * intention", Neural Computing and Applications 31, 2019). `PageValues` is left out: the shop's
 * analytics compute it from the purchase that is to be predicted.
 */
export const NUMBERS = [
  "Administrative",
  "Administrative_Duration",
  "Informational",
  "Informational_Duration",
  "ProductRelated",
  "ProductRelated_Duration",
  "BounceRates",
  "ExitRates",
  "SpecialDay",
] as const;
export const KINDS = [
  "Month",
  "OperatingSystems",
  "Browser",
  "Region",
  "TrafficType",
  "VisitorType",
  "Weekend",
] as const;

/** One visit of the table. */
export interface TableVisit {
  numbers: number[];
  kinds: string[];
  bought: boolean;
}

/** @throws {CommandError} for a file that cannot be read or lacks a column. */
export function readVisitTable(path: string): TableVisit[] {
  let text: string;
  try {
    const bytes = readFileSync(path);
    text = (path.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
  } catch (error) {
    throw new CommandError(`cannot read table "${path}": ${(error as Error).message}`);
  }
  const { data, meta } = Papa.parse<Record<string, string>>(text, {
    header: true,
    skipEmptyLines: true,
  });
  const lacking = [...NUMBERS, ...KINDS, "Revenue"].filter((name) => !meta.fields?.includes(name));
  if (lacking.length > 0) {
    throw new CommandError(`table "${path}" lacks column ${lacking.join(", ")}`);
  }
  return data.map((row) => ({
    numbers: NUMBERS.map((name) => Number(row[name])),
    kinds: KINDS.map((name) => row[name] ?? ""),
    bought: /^(1|true)$/i.test(row.Revenue ?? ""),
  }));
}
