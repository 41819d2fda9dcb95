import {
  NOTHING_MUTED,
  productsIn,
  type Selection,
  withMuted,
  withoutProducts,
} from "../events/selection.ts";
import type { KeptEvent } from "../events/shopEvent.ts";
import { type EditOptions, type EventEdit, withoutSeq } from "./eventStore.ts";
import { type LogState, noteForgotten, notSaved } from "./logState.ts";

/** Deletes the selection. Resolves with the number of changed events. @throws when the store fails. */
export function forget(log: LogState, selection: Selection): Promise<number> {
  if ("seq" in selection) return edit(log, () => undefined, { only: selection.seq });
  const isMeant = productsIn(log.options.catalog, withMuted(NOTHING_MUTED, selection, true));
  return edit(log, (event) => withoutProducts(event, isMeant), { mayDelete: true });
}

/**
 * Mutes the selection, or includes it again. @throws as `forget` does; what could not be saved is muted
 * for this visit, unless it is a single event.
 */
export async function mute(log: LogState, selection: Selection, isMuted: boolean): Promise<void> {
  if ("seq" in selection) {
    await edit(log, (event) => withMark(event, isMuted), { only: selection.seq });
    return;
  }
  const changed = withMuted(log.history.muted, selection, isMuted);
  await log.store.runOrFail((open) => open.eraseLearned());
  const failure = await log.store
    .runOrFail((open) => open.writeValue("muted", changed))
    .then(() => undefined, notSaved);
  log.history.mutedHere = failure && changed;
  await noteForgotten(log);
  if (failure) throw failure;
}

/** Returns the same event if its mark does not change. */
function withMark(event: KeptEvent, isMuted: boolean): KeptEvent {
  if ((event.muted ?? false) === isMuted) return event;
  const { muted: _muted, ...unmarked } = withoutSeq(event);
  return isMuted ? { ...unmarked, muted: true } : unmarked;
}

async function edit(log: LogState, edit: EventEdit, options: EditOptions): Promise<number> {
  const changed = await log.store.runOrFail((open) => open.edit(edit, options));
  if (changed > 0) await noteForgotten(log);
  return changed;
}
