import { type DayOrder, isDayOrder, WRITTEN_DATE } from "./logTime.ts";
import { timePattern, utcOf } from "./timePattern.ts";

const ISO =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(\.\d+)?)?)?(?: ?(Z|UTC|[+-]\d\d(?::?\d\d)?))?$/;
/** After a date: the time of day. */
const TIMES = ["", " %H:%M", " %H:%M:%S", " %H:%M:%S.%f", " %I:%M %p", " %I:%M:%S %p"];
const DATES = TIMES.map((time) => timePattern(`%Y-%m-%d${time}`));
const COMPACT = timePattern("%Y%m%d");

/**
 * Returns a reader of a log's times: milliseconds since 1970, UTC where no offset is given, NaN for what is
 * no time. It reads what `timeSql` does.
 * @param time which part of a date is the day, or a pattern of strptime's.
 * @throws {RangeError} for a pattern that cannot be read.
 */
export function timeReader(time: string | undefined): (text: string) => number {
  const otherwise = time?.includes("%") ? timePattern(time) : dateReader(time);
  return (written) => {
    const text = written.trim();
    const [, whole] = /^(\d+)(?:\.\d+)?$/.exec(text) ?? [];
    switch (whole?.length) {
      case 10:
        return Math.floor(Number(text) * 1000);
      case 13:
        return Math.floor(Number(text));
      case 16:
        return Math.floor(Number(text) / 1000);
      default:
        return whole?.length === 8 ? COMPACT(text) : otherwise(text);
    }
  };
}

function dateReader(time: string | undefined): (text: string) => number {
  if (time === undefined || !isDayOrder(time) || time === "ymd") return readIso;
  return (text) => {
    const date = yearFirst(text, time);
    for (const read of date === undefined ? [] : DATES) {
      const at = read(date!);
      if (!Number.isNaN(at)) return at;
    }
    return readIso(text);
  };
}

/** "31.1.2026, 13:30" as "2026-1-31 13:30"; undefined for what is not written as a date. */
function yearFirst(text: string, order: DayOrder): string | undefined {
  const [, first, second, year, rest = ""] =
    new RegExp(`${WRITTEN_DATE}(\\d{4}|\\d{2}(?!\\d))(?:[ ,T]+|$)(.*)$`).exec(text) ?? [];
  if (year === undefined) return undefined;
  const [day, month] = order === "dmy" ? [first, second] : [second, first];
  return `${year.padStart(4, "20")}-${month}-${day} ${rest}`.trim();
}

function readIso(text: string): number {
  const [, year, month, day, hour = "0", minute = "0", second = "0", fraction = "0", offset = "Z"] =
    ISO.exec(text) ?? [];
  if (year === undefined) return Number.NaN;
  const parts = [year, month, day, hour, minute, second].map(Number);
  return utcOf(parts, { ms: Number(fraction) * 1000, offset });
}
