/** How a log writes its times: which part of a date is the day, or a pattern of DuckDB's strptime. */
export const DAY_ORDERS = ["dmy", "mdy", "ymd"] as const;
export type DayOrder = (typeof DAY_ORDERS)[number];

const DATE = String.raw`^\s*(\d{1,2})[./-](\d{1,2})[./-]`;
/** After a date: spaces, a comma or a T, then the time of day. */
const FORMATS = ["", " %H:%M", " %H:%M:%S", " %H:%M:%S.%f", " %I:%M %p", " %I:%M:%S %p"].map(
  (time) => `%Y-%m-%d${time}`,
);

/** SQL that counts the dates of a column that only one order of day and month can explain. */
export function dayOrderEvidence(source: string): string {
  const part = (at: number) => `try_cast(regexp_extract(time_text, '${DATE}', ${at}) AS INTEGER)`;
  return `SELECT
      CAST(count(*) FILTER (regexp_matches(time_text, '${DATE}')) AS INTEGER),
      CAST(count(*) FILTER (${part(1)} > 12) AS INTEGER),
      CAST(count(*) FILTER (${part(2)} > 12) AS INTEGER),
      CAST(count(*) FILTER (regexp_matches(time_text, '^\\s*\\d{1,2}[.]')) AS INTEGER)
    FROM (${source})`;
}

/** The order that the dates of a file have; undefined where they could have both. */
export function dayOrderOf(evidence: readonly number[]): DayOrder | undefined {
  const [dates = 0, dayFirst = 0, dayLast = 0, dotted = 0] = evidence;
  if (dates === 0 || (dayFirst > 0 && dayLast > 0)) return undefined;
  if (dayLast > 0) return "mdy";
  // Nobody writes the month first with points.
  return dayFirst > 0 || dotted > 0 ? "dmy" : undefined;
}

/** SQL that reads `time_text` as a timestamp, or NULL. Times without a zone are taken as UTC. */
export function timeSql(time: string | undefined): string {
  const digits = (count: number) =>
    `regexp_matches(time_text, '^\\s*\\d{${count}}(\\.\\d+)?\\s*$')`;
  const epoch = (unit: number) =>
    `make_timestamp(CAST(try_cast(time_text AS DECIMAL(38, 6)) * ${unit} AS BIGINT))`;
  return `CASE
      WHEN ${digits(10)} THEN ${epoch(1e6)}
      WHEN ${digits(13)} THEN ${epoch(1e3)}
      WHEN ${digits(16)} THEN ${epoch(1)}
      WHEN ${digits(8)} THEN try_strptime(trim(time_text), '%Y%m%d')
      ELSE ${textSql(time)}
    END`;
}

function textSql(time: string | undefined): string {
  if (time?.includes("%")) return `try_strptime(trim(time_text), '${time.replaceAll("'", "''")}')`;
  // Spaces before the offset, as some shops export them, are no ISO time to the cast.
  const iso = `CAST(try_cast(regexp_replace(time_text, ' ([+-]\\d\\d:?\\d\\d)$', '\\1') AS TIMESTAMPTZ) AS TIMESTAMP)`;
  if (time !== "dmy" && time !== "mdy") return iso;
  const order = time === "dmy" ? "\\2-\\1" : "\\1-\\2";
  const fourDigits = `regexp_replace(time_text, '${DATE}(\\d{4})[ ,T]*', '\\3-${order} ')`;
  const written = `trim(regexp_replace(${fourDigits}, '${DATE}(\\d{2})([ ,T]+|$)', '20\\3-${order} '))`;
  const formats = FORMATS.map((format) => `'${format}'`).join(", ");
  return `coalesce(try_strptime(${written}, [${formats}]), ${iso})`;
}
