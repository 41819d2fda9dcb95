/**
 * A setting that a merchant writes as an attribute. Attributes are text; `read` parses the value, and
 * `kind` describes the format in the documentation.
 */
export interface Option<Value> {
  kind: string;
  /** The value if the attribute is missing or invalid. */
  initial: Value;
  /** @throws {OptionError} with what was expected */
  read(text: string): Value;
  /** The inverse of `read`. */
  write(value: NonNullable<Value>): string;
}

export type OptionValues<Options extends Record<string, Option<unknown>>> = {
  [Name in keyof Options]: Options[Name] extends Option<infer Value> ? Value : never;
};

export class OptionError extends Error {
  override readonly name = "OptionError";
}

export function textOption(): Option<string | undefined> {
  return { kind: "text", initial: undefined, read: (text) => text, write: String };
}

export function choiceOption<Choice extends string>(
  choices: readonly Choice[],
  initial: Choice,
): Option<Choice> {
  const kind = choices.map((choice) => `\`${choice}\``).join(", ");
  return { kind, initial, read: (text) => oneOf(choices, text), write: String };
}

/** Several of the choices, separated by spaces. */
export function choicesOption<Choice extends string>(
  choices: readonly Choice[],
  initial: readonly Choice[],
): Option<readonly Choice[]> {
  const kind = `some of ${choices.map((choice) => `\`${choice}\``).join(" ")}, or \`none\``;
  const read = (text: string) =>
    text.trim() === "none" ? [] : words(text, /\s+/).map((word) => oneOf(choices, word));
  const write = (chosen: readonly Choice[]) => (chosen.length === 0 ? "none" : chosen.join(" "));
  return { kind, initial, read, write };
}

/** A list of entries, separated by commas. */
export function listOption(): Option<readonly string[]> {
  const read = (text: string) => words(text, /,/);
  return { kind: "list, with commas", initial: [], read, write: (list) => list.join(", ") };
}

export function numberOption<Initial extends number | undefined>(
  { min, max, step }: { min: number; max: number; step?: "whole" },
  initial: Initial,
): Option<number | Initial> {
  const kind = `${step === "whole" ? "whole number" : "number"}, ${min} to ${max}`;
  function read(text: string): number {
    const value = text.trim() === "" ? Number.NaN : Number(text);
    const isFit = value >= min && value <= max && (step !== "whole" || Number.isInteger(value));
    if (!isFit) throw new OptionError(`is "${text}", expected a ${kind}`);
    return value;
  }
  return { kind, initial, read, write: String };
}

/** Width by height, as `1`, `3/4` or `3:4`; the value is the quotient. */
export function ratioOption(): Option<number | undefined> {
  const kind = "width by height, such as `3/4`";
  function read(text: string): number {
    const [, width, height = "1"] = /^\s*([\d.]+)\s*(?:[:/]\s*([\d.]+))?\s*$/.exec(text) ?? [];
    const ratio = Number(width) / Number(height);
    if (!(ratio > 0 && ratio < 100)) throw new OptionError(`is "${text}", expected ${kind}`);
    return ratio;
  }
  return { kind, initial: undefined, read, write: String };
}

/** Reads options from text; an invalid one is reported and gets its initial value. */
export function readOptions<Options extends Record<string, Option<unknown>>>(
  options: Options,
  textOf: (name: string) => string | null | undefined,
  report: (problem: string) => void,
): OptionValues<Options> {
  const values: Record<string, unknown> = {};
  for (const [name, option] of Object.entries(options)) {
    values[name] = readOption(option, textOf(name), (problem) => report(`${name} ${problem}`));
  }
  return values as OptionValues<Options>;
}

export function readOption<Value>(
  option: Option<Value>,
  text: string | null | undefined,
  report: (problem: string) => void,
): Value {
  if (text === null || text === undefined) return option.initial;
  try {
    return option.read(text);
  } catch (error) {
    report((error as Error).message);
    return option.initial;
  }
}

function oneOf<Choice extends string>(choices: readonly Choice[], text: string): Choice {
  const found = choices.find((choice) => choice === text.trim());
  if (found === undefined) {
    throw new OptionError(`is "${text}", expected one of ${choices.join(", ")}`);
  }
  return found;
}

function words(text: string, separator: RegExp): string[] {
  return text
    .split(separator)
    .map((word) => word.trim())
    .filter((word) => word !== "");
}
