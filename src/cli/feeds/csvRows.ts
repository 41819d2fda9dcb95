/** A line of a table; `fault` says why its fields cannot be trusted. */
export interface CsvRow {
  /** Number of its first line in the file, from 1. */
  line: number;
  fields: string[];
  fault?: string;
}

export interface CsvTable {
  delimiter: string;
  header: string[];
  rows: CsvRow[];
}

const DELIMITERS = [",", ";", "\t", "|"];

/**
 * Reads CSV with a header, under any delimiter, with or without Excel's `sep=;` before it. A quote that
 * is never closed costs its own line at most, never the lines after it.
 */
export function csvTable(text: string, delimiter?: string): CsvTable {
  const declared = /^sep=(.)\r?\n/i.exec(text);
  const start = declared?.[0].length ?? 0;
  const sign = delimiter ?? declared?.[1] ?? delimiterOf(text.slice(start, start + 65_536));
  const rows: CsvRow[] = [];
  let header: string[] | undefined;
  let line = declared ? 2 : 1;
  for (let at = start; at < text.length; ) {
    const row = readRow(text, at, { delimiter: sign, columns: header?.length ?? 0 });
    const first = line;
    at = row.end;
    line += row.lines;
    if (row.fields.every((field) => field.trim() === "")) continue;
    if (header === undefined) header = row.fields.map((field) => field.trim());
    else rows.push(checked({ line: first, fields: row.fields, fault: row.fault }, header.length));
  }
  return { delimiter: sign, header: header ?? [], rows };
}

/** The delimiter that makes the most columns of the first line. */
function delimiterOf(head: string): string {
  const [first = ""] = head.split(/\r\n?|\n/).filter((one) => one.trim() !== "");
  const width = (delimiter: string) =>
    readRow(`${first}\n`, 0, { delimiter, columns: 0 }).fields.length;
  return DELIMITERS.reduce((best, one) => (width(one) > width(best) ? one : best));
}

function checked(
  { line, fields, fault }: { line: number; fields: string[]; fault: string | undefined },
  columns: number,
): CsvRow {
  const isTooLong = fields.slice(columns).some((field) => field.trim() !== "");
  const reason =
    fault ?? (isTooLong ? `it has ${fields.length} columns, expected ${columns}` : undefined);
  return { line, fields, ...(reason !== undefined && { fault: reason }) };
}

interface ReadRow {
  fields: string[];
  /** Where the next row begins. */
  end: number;
  /** Lines it takes up. */
  lines: number;
  fault?: string;
}

interface Layout {
  delimiter: string;
  /** Columns of the header; 0 while it is read. */
  columns: number;
}

function readRow(text: string, at: number, layout: Layout): ReadRow {
  const lineEnd = endOfLine(text, at);
  const line = text.slice(at, lineEnd);
  const next = afterLineEnd(text, lineEnd);
  if (!line.includes('"')) return { fields: line.split(layout.delimiter), end: next, lines: 1 };
  const quoted = quotedFields(text, at, layout);
  if (quoted !== undefined) return quoted;
  const lenient = lenientFields(line, layout);
  if (lenient !== undefined) return { fields: lenient, end: next, lines: 1 };
  const fields = line.split(layout.delimiter).map((field) => field.replace(/^ *"(.*)" *$/, "$1"));
  const fault = "a quote is not closed, or something follows it";
  return { fields, end: next, lines: 1, ...(fields.length !== layout.columns && { fault }) };
}

const QUOTE = /^ *"/;

/** A row as the standard (RFC 4180) has it, which may go over several lines. */
function quotedFields(text: string, at: number, layout: Layout): ReadRow | undefined {
  const fields: string[] = [];
  for (let position = at; ; ) {
    const field = QUOTE.test(text.slice(position, position + 8))
      ? quotedField(text, position)
      : plainField(text, position, layout.delimiter);
    if (field === undefined) return undefined;
    fields.push(field.value);
    if (text[field.end] === layout.delimiter) {
      position = field.end + 1;
      continue;
    }
    const isAtEnd =
      field.end >= text.length || text[field.end] === "\n" || text[field.end] === "\r";
    const lines = text.slice(at, field.end).split(/\r\n?|\n/);
    if (!isAtEnd || (lines.length > 1 && areRows(lines, layout))) return undefined;
    return { fields, end: afterLineEnd(text, field.end), lines: lines.length };
  }
}

/** Lines that are whole rows each were not meant to be one: a quote among them is not closed. */
function areRows(lines: readonly string[], { delimiter, columns }: Layout): boolean {
  return columns > 1 && lines.every((line) => line.split(delimiter).length === columns);
}

function quotedField(text: string, at: number): { value: string; end: number } | undefined {
  const pattern = /[ ]*"([^"]*(?:""[^"]*)*)"[ ]*/y;
  pattern.lastIndex = at;
  const [whole, value = ""] = pattern.exec(text) ?? [];
  return whole === undefined
    ? undefined
    : { value: value.replaceAll('""', '"'), end: at + whole.length };
}

function plainField(text: string, at: number, delimiter: string) {
  let end = at;
  while (end < text.length && text[end] !== delimiter && text[end] !== "\n" && text[end] !== "\r") {
    end++;
  }
  return { value: text.slice(at, end), end };
}

/** One line whose quotes are not doubled inside quotes: a field ends at a quote before a delimiter. */
function lenientFields(line: string, { delimiter, columns }: Layout): string[] | undefined {
  const fields: string[] = [];
  for (let at = 0; at <= line.length; ) {
    const close = line[at] === '"' ? closingQuote(line, at + 1, delimiter) : -1;
    const field =
      close < 0
        ? plainField(line, at, delimiter)
        : { value: line.slice(at + 1, close).replaceAll('""', '"'), end: close + 1 };
    fields.push(field.value);
    at = field.end + 1;
  }
  return fields.length === columns ? fields : undefined;
}

function closingQuote(line: string, from: number, delimiter: string): number {
  for (let at = line.indexOf('"', from); at >= 0; at = line.indexOf('"', at + 1)) {
    if (at + 1 === line.length || line[at + 1] === delimiter) return at;
  }
  return -1;
}

function endOfLine(text: string, from: number): number {
  const pattern = /\r|\n|$/g;
  pattern.lastIndex = from;
  return pattern.exec(text)!.index;
}

function afterLineEnd(text: string, at: number): number {
  return text[at] === "\r" && text[at + 1] === "\n" ? at + 2 : at + 1;
}
