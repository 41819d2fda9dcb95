import { number } from "../kit/fields.ts";
import type { Message } from "../kit/message.ts";

const DEFAULT_SHARE = 0.1;

/**
 * The share of shelves to experiment on, 0 to 0.5. Version 0.1 called the option `comparedShare`; that
 * name is accepted until the next version.
 * @throws {FieldError} for anything but a number in that range.
 */
export function readExperimentOption(
  { experiment, comparedShare }: { experiment?: unknown; comparedShare?: unknown },
  warn: (warning: Message) => void,
): number {
  if (comparedShare !== undefined) warn(renamed("comparedShare", "experiment"));
  const share = experiment ?? comparedShare ?? DEFAULT_SHARE;
  return number(share, "experiment", { min: 0, max: 0.5 });
}

function renamed(before: string, now: string): Message<"option-renamed"> {
  const message = `The option "${before}" is called "${now}"; the old name is read in this version only`;
  return { code: "option-renamed", params: { before, now }, message };
}
