import { type Fields, integer, list, number, object, oneOf } from "../kit/fields.ts";
import type { TrainingReport } from "./learnFrom.ts";
import type { EpochReport, TrainerName } from "./training.ts";

const TRAINERS = ["plain", "webgl"] as const satisfies readonly TrainerName[];
const COUNT = { min: 0, max: Number.MAX_SAFE_INTEGER };
const AMOUNT = { min: 0, max: Number.MAX_VALUE };
const EPOCHS = { min: 0, max: 1_000_000 };

/** A report as it was stored, also by version 0.1. @throws {FieldError} naming the field that is wrong. */
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
