import { FieldError, type Fields, number, object, oneOf } from "../kit/fields.ts";
import type { Message, MessageParams } from "../kit/message.ts";
import type { TrainerChoice } from "./chooseTrainer.ts";

const AMOUNT = { min: 0, max: Number.MAX_VALUE };

/** Why a trainer was chosen. */
type ReasonCode = "asked-for" | "faster" | "webgl-unusable";

const PARAMS: { [Code in ReasonCode]: (params: Fields, field: string) => MessageParams[Code] } = {
  "asked-for": () => ({}),
  faster: ({ times, renderer }, field) => ({
    times: number(times, `${field}.times`, AMOUNT),
    renderer: string(renderer, `${field}.renderer`),
  }),
  "webgl-unusable": ({ because }, field) => ({
    because: parseMessage(because, `${field}.because`),
  }),
};

/** A choice as it was stored. @throws {FieldError} naming the field that is wrong. */
export function parseTrainerChoice(value: unknown, field = "trainerChoice"): TrainerChoice {
  const { trainer, reason, renderer, plainMs, webglMs } = object(value, field);
  const measured = (ms: unknown, name: string) =>
    ms === undefined ? undefined : number(ms, `${field}.${name}`, AMOUNT);
  return {
    trainer: oneOf(trainer, `${field}.trainer`, ["plain", "webgl"]),
    reason: parseReason(reason, `${field}.reason`),
    renderer: renderer === undefined ? undefined : string(renderer, `${field}.renderer`),
    plainMs: measured(plainMs, "plainMs"),
    webglMs: measured(webglMs, "webglMs"),
  };
}

function parseReason(value: unknown, field: string): Message {
  const { code, params, message } = object(value, field);
  const known = oneOf(code, `${field}.code`, Object.keys(PARAMS)) as ReasonCode;
  const parsed = PARAMS[known](object(params, `${field}.params`), `${field}.params`);
  // Code and parameters belong together by the table above.
  return { code: known, params: parsed, message: string(message, `${field}.message`) } as Message;
}

/** Any of the engine's errors, or another program's: what pages have no words for they show as it is. */
function parseMessage(value: unknown, field: string): Message {
  const { code, params, message } = object(value, field);
  return {
    code: string(code, `${field}.code`),
    params: object(params, `${field}.params`),
    message: string(message, `${field}.message`),
  } as unknown as Message;
}

/** Exactly as it is: a renderer's name is compared with what the browser says. */
function string(value: unknown, field: string): string {
  if (typeof value !== "string") throw new FieldError(field, value, "text");
  return value;
}
