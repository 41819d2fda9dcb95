import {
  NOTHING_MUTED,
  productsIn,
  type Selection,
  withMuted,
  withoutProducts,
} from "../events/selection.ts";
import type { KeptEvent } from "../events/shopEvent.ts";
import { type EventEdit, withoutSeq } from "./eventStore.ts";
import { type LogState, noteForgotten } from "./logState.ts";

/** Deletes the selection. Resolves with the number of changed events. @throws when the store fails. */
export function forget(log: LogState, selection: Selection): Promise<number> {
  if ("seq" in selection) return edit(log, () => undefined, selection.seq);
  const isMeant = productsIn(log.options.catalog, withMuted(NOTHING_MUTED, selection, true));
  return edit(log, (event) => withoutProducts(event, isMeant));
}

/** Mutes the selection, or includes it again. @throws as `forget` does. */
export async function mute(log: LogState, selection: Selection, isMuted: boolean): Promise<void> {
  if ("seq" in selection) {
    await edit(log, (event) => withMark(event, isMuted), selection.seq);
    return;
  }
  const changed = withMuted(log.history.muted, selection, isMuted);
  await log.store.runOrFail((open) => open.writeValue("muted", changed));
  await log.store.runOrFail((open) => open.eraseLearned());
  await noteForgotten(log);
}

/** Returns the same event if its mark does not change. */
function withMark(event: KeptEvent, isMuted: boolean): KeptEvent {
  if ((event.muted ?? false) === isMuted) return event;
  const { muted: _muted, ...unmarked } = withoutSeq(event);
  return isMuted ? { ...unmarked, muted: true } : unmarked;
}

async function edit(log: LogState, edit: EventEdit, only?: number): Promise<number> {
  const changed = await log.store.runOrFail((open) => open.edit(edit, only));
  if (changed > 0) await noteForgotten(log);
  return changed;
}
