import { createReadStream } from "node:fs";
import { createGunzip } from "node:zlib";
import Papa from "papaparse";
import { CommandError } from "../commandError.ts";

/** A log file, as detected from its first lines. */
export interface LogFile {
  path: string;
  compression: "gzip" | "none";
  format: LogFormat;
}

/** `columns`: the header's names in order. */
export type LogFormat =
  | { type: "csv"; delimiter: string; columns: string[] }
  /** GA4's BigQuery export as JSON lines. */
  | { type: "ga4" };

const HEAD_BYTES = 65_536;

/**
 * Detects the format of a file: compressed or not, CSV or JSON lines.
 * @throws {CommandError} when it cannot be read or is empty.
 */
export async function lookIntoLog(path: string): Promise<LogFile> {
  const raw = await firstBytes(path, false);
  const isGzip = raw[0] === 0x1f && raw[1] === 0x8b;
  const head = (isGzip ? await firstBytes(path, true) : raw)
    .toString("utf8")
    .replace(/^\uFEFF/, "");
  if (head.trim() === "")
    throw new CommandError(`log "${path}" is empty, expected CSV or JSON lines`);
  const compression = isGzip ? "gzip" : "none";
  if (head.trimStart().startsWith("{")) return { path, compression, format: { type: "ga4" } };
  return { path, compression, format: { type: "csv", ...headerOf(head) } };
}

/** The delimiter that splits the first line into the most columns. */
function headerOf(head: string): { delimiter: string; columns: string[] } {
  const readings = [",", ";", "\t", "|"].map((delimiter) => {
    const [names = []] = Papa.parse<string[]>(head, { preview: 1, delimiter }).data;
    return { delimiter, columns: names.map((name) => name.trim()) };
  });
  return readings.reduce((best, one) => (one.columns.length > best.columns.length ? one : best));
}

async function firstBytes(path: string, gunzip: boolean): Promise<Buffer> {
  const file = createReadStream(path, gunzip ? {} : { end: HEAD_BYTES - 1 });
  const parts: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const part of gunzip ? file.pipe(createGunzip()) : file) {
      parts.push(part as Buffer);
      bytes += (part as Buffer).length;
      if (bytes >= HEAD_BYTES) break;
    }
  } catch (error) {
    throw new CommandError(`cannot read log "${path}": ${(error as Error).message}`);
  } finally {
    file.destroy();
  }
  return Buffer.concat(parts);
}
