import { InvalidArgumentError } from "commander";

/** Reads a whole number from `min` to `max`. */
export function whole(min: number, max: number): (value: string) => number {
  return (value) => {
    const number = Number(value);
    if (!Number.isInteger(number) || number < min || number > max) {
      throw new InvalidArgumentError(`Expected a whole number from ${min} to ${max}.`);
    }
    return number;
  };
}

/** Collects FIELD=COLUMN pairs of a repeatable option. */
export function mapping<Field extends string>(fields: readonly Field[]) {
  type Mapping = Partial<Record<Field, string>>;
  return (value: string, before: Mapping): Mapping => {
    const [, field, column] = /^(\w+)=(.+)$/s.exec(value) ?? [];
    if (!fields.includes(field as Field)) {
      throw new InvalidArgumentError(
        `Expected FIELD=COLUMN with FIELD one of ${fields.join(", ")}.`,
      );
    }
    return { ...before, [field as Field]: column };
  };
}
