import { bytes, FieldError } from "../kit/fields.ts";
import { parseTrainingReport } from "../learning/parseLearned.ts";
import type { ShopperLog } from "../store/shopperLog.ts";
import {
  type ExportContent,
  mergeEvents,
  mergeMuted,
  type PageTexts,
  readExport,
  writeExport,
} from "./exportFile.ts";

/** Exports the log to a file, and imports a file into the log. */
export async function exportLog(
  log: ShopperLog,
  { passphrase, page = {}, now }: { passphrase?: string; page?: PageTexts; now: number },
): Promise<ArrayBuffer> {
  const stored = await log.stored(Number.POSITIVE_INFINITY);
  const content: ExportContent = {
    exportedAt: now,
    events: stored.map(({ seq: _seq, ...event }) => event),
    network: await log.readValue("network", bytes),
    choices: log.choices,
    muted: log.muted,
    page,
  };
  return writeExport(content, passphrase);
}

/** Checks everything, before anything is changed. */
export function readImport(
  file: ArrayBuffer,
  { mode, passphrase, now }: { mode: unknown; passphrase?: string; now: number },
): Promise<ExportContent> {
  if (mode !== "merge" && mode !== "replace") {
    throw new FieldError("mode", mode, "merge or replace");
  }
  return readExport(file, { passphrase, now });
}

/**
 * Runs in one transaction, except for the choices of a replacing file. Resolves with the number of added
 * events.
 */
export async function importLog(
  log: ShopperLog,
  content: ExportContent,
  mode: "merge" | "replace",
): Promise<number> {
  if (mode === "replace") {
    const { events, network, muted, choices } = content;
    await log.replace(() => ({ events, values: { muted, ...(network && { network }) } }));
    await log.choose(choices);
    return events.length;
  }
  const own = await log.readValue("network", bytes);
  const training = await log.readValue("training", parseTrainingReport);
  const network = own ?? content.network;
  const muted = mergeMuted(log.muted, content.muted);
  let added = 0;
  await log.replace((stored) => {
    const merged = mergeEvents(stored, content.events);
    added = merged.added;
    const learned = { ...(network && { network }), ...(own && training ? { training } : {}) };
    return { events: merged.events, values: { ...learned, muted } };
  });
  return added;
}
