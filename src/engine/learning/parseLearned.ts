import { FieldError, type Fields, integer, list, number, object, oneOf } from "../kit/fields.ts";
import type { Message, MessageParams } from "../kit/message.ts";
import type { TrainerChoice } from "./chooseTrainer.ts";
import type { TrainingReport } from "./learnFrom.ts";
import type { EpochReport, TrainerName } from "./training.ts";

/**
 * Readers for what earlier visits learned; loaded only if something is stored. A record that no reader
 * accepts is damaged or of an unknown version: the caller ignores it and learns again.
 */
const TRAINERS = ["plain", "webgl"] as const satisfies readonly TrainerName[];
const COUNT = { min: 0, max: Number.MAX_SAFE_INTEGER };
const AMOUNT = { min: 0, max: Number.MAX_VALUE };
const EPOCHS = { min: 0, max: 1_000_000 };

/** Reads a stored report, including version 0.1's. @throws {FieldError} naming the wrong field. */
export function parseTrainingReport(value: unknown, field = "training"): TrainingReport {
  const fields = object(value, field);
  const read = readersOf(fields, field);
  return {
    trainer: oneOf(fields.trainer, `${field}.trainer`, TRAINERS),
    events: read.count("events"),
    // Version 0.1 named them `turns`.
    interactions: read.count(fields.interactions === undefined ? "turns" : "interactions"),
    examples: read.count("examples"),
    epochs: read.count("epochs"),
    bestEpoch: read.count("bestEpoch"),
    share: number(fields.share, `${field}.share`, { min: 0, max: 1 }),
    firstLoss: read.amount("firstLoss"),
    lastLoss: read.amount("lastLoss"),
    outOfFoldLoss: read.amountIfAny("outOfFoldLoss"),
    ms: read.amount("ms"),
    at: read.amount("at"),
    history: list(fields.history, `${field}.history`, EPOCHS, parseEpoch),
  };
}

function parseEpoch(value: unknown, field: string): EpochReport {
  const read = readersOf(object(value, field), field);
  return {
    epoch: read.count("epoch"),
    epochs: read.count("epochs"),
    loss: read.amount("loss"),
    validationLoss: read.amountIfAny("validationLoss"),
  };
}

function readersOf(fields: Fields, field: string) {
  const amount = (name: string) => number(fields[name], `${field}.${name}`, AMOUNT);
  return {
    count: (name: string) => integer(fields[name], `${field}.${name}`, COUNT),
    amount,
    amountIfAny: (name: string) => (fields[name] === undefined ? undefined : amount(name)),
  };
}

/** Reads the reason why a trainer was chosen. */
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

/** Reads a stored choice. @throws {FieldError} naming the wrong field. */
export function parseTrainerChoice(value: unknown, field = "trainerChoice"): TrainerChoice {
  const { trainer, reason, renderer, plainMs, webglMs } = object(value, field);
  const measured = (ms: unknown, name: string) =>
    ms === undefined ? undefined : number(ms, `${field}.${name}`, AMOUNT);
  return {
    trainer: oneOf(trainer, `${field}.trainer`, TRAINERS),
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

/** Any error of the engine, or another one; pages show errors without a translation as they are. */
function parseMessage(value: unknown, field: string): Message {
  const { code, params, message } = object(value, field);
  return {
    code: string(code, `${field}.code`),
    params: object(params, `${field}.params`),
    message: string(message, `${field}.message`),
  } as unknown as Message;
}

/** Not trimmed: a renderer's name is compared with the browser's. */
function string(value: unknown, field: string): string {
  if (typeof value !== "string") throw new FieldError(field, value, "text");
  return value;
}
