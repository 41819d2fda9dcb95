const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const MONTH_NAMES = `${MONTHS.join("|")}`;
const LONG_NAMES =
  "january|february|march|april|may|june|july|august|september|october|november|december";

/** What each directive of strptime matches. */
const DIRECTIVES: Readonly<Record<string, string>> = {
  Y: String.raw`(?<Y>\d{4})`,
  y: String.raw`(?<y>\d{2})`,
  m: String.raw`(?<m>\d{1,2})`,
  d: String.raw`(?<d>\d{1,2})`,
  H: String.raw`(?<H>\d{1,2})`,
  I: String.raw`(?<I>\d{1,2})`,
  M: String.raw`(?<M>\d{1,2})`,
  S: String.raw`(?<S>\d{1,2})`,
  f: String.raw`(?<f>\d{1,9})`,
  p: "(?<p>[ap]m)",
  b: `(?<b>${MONTH_NAMES})`,
  B: `(?<b>${LONG_NAMES})`,
  a: "(?:mon|tue|wed|thu|fri|sat|sun)",
  A: "(?:mon|tues|wednes|thurs|fri|satur|sun)day",
  z: String.raw`(?<z>[+-]\d\d(?::?\d\d)?)`,
  "%": "%",
};

/**
 * Compiles a pattern of strptime's (%Y %y %m %d %b %B %a %A %H %I %p %M %S %f %z; `%-d` as `%d`) to a reader:
 * milliseconds since 1970, NaN for what does not match or is no date. UTC where there is no offset.
 * @throws {RangeError} naming a directive that is not known.
 */
export function timePattern(pattern: string): (text: string) => number {
  const source = pattern.replace(/%-?(.?)|[\s]+|[^%\s]/gs, (part, directive?: string) => {
    if (directive === undefined) return /\s/.test(part) ? "\\s+" : part.replace(/\W/, "\\$&");
    const matched = DIRECTIVES[directive];
    if (matched !== undefined) return matched;
    const known = Object.keys(DIRECTIVES).map((name) => `%${name}`);
    throw new RangeError(`time pattern "${pattern}" has ${part}, expected ${known.join(" ")}`);
  });
  const expected = new RegExp(`^${source}$`, "i");
  return (text) => {
    const fields = expected.exec(text.trim())?.groups;
    return fields === undefined ? Number.NaN : timeOf(fields);
  };
}

type TimeFields = Readonly<Record<string, string | undefined>>;

function timeOf({ Y, y, m, b, d = "1", H, I, p, M = "0", S = "0", f = "0", z }: TimeFields) {
  const year = Y === undefined ? shortYear(Number(y ?? 70)) : Number(Y);
  const month = b === undefined ? Number(m ?? 1) : 1 + MONTHS.indexOf(b.slice(0, 3).toLowerCase());
  const half = p?.toLowerCase() === "pm" ? 12 : 0;
  const hour = I === undefined ? Number(H ?? 0) : hourOf(Number(I), half);
  const parts = [year, month, Number(d), hour, Number(M), Number(S)];
  return utcOf(parts, { ms: Number(`0.${f}`) * 1000, offset: z ?? "Z" });
}

/** As POSIX has it: 69 is 1969, 68 is 2068. */
function shortYear(year: number): number {
  return year < 69 ? 2000 + year : 1900 + year;
}

/** 12 AM is midnight; NaN for no hour of a clock with twelve. */
function hourOf(hour: number, half: number): number {
  return hour >= 1 && hour <= 12 ? (hour % 12) + half : Number.NaN;
}

/**
 * @param parts year, month from 1, day, hour, minute, second.
 * @returns milliseconds since 1970, NaN where no such day or time exists.
 */
export function utcOf(
  parts: readonly number[],
  { ms, offset }: { ms: number; offset: string },
): number {
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = parts;
  const at = Date.UTC(year, month - 1, day, hour, minute, second);
  const date = new Date(at);
  const isReal =
    date.getUTCMonth() === month - 1 &&
    date.getUTCDate() === day &&
    date.getUTCHours() === hour &&
    date.getUTCMinutes() === minute &&
    date.getUTCSeconds() === second;
  const [, sign, hours = "0", minutes = "0"] = /^([+-])(\d\d):?(\d\d)?$/.exec(offset) ?? [];
  const ahead = (Number(hours) * 60 + Number(minutes)) * (sign === "-" ? -60_000 : 60_000);
  return isReal ? at + Math.floor(ms) - ahead : Number.NaN;
}
