import type { ConsentReading } from "./consent/consentReading.ts";
import { createGoogleConsent } from "./consent/googleConsent.ts";
import { readGa4Event } from "./ga4Event.ts";
import type { Emit } from "./pageEvent.ts";
import { attempt, entriesOf, fieldOf, tagOf, textOf } from "./pageValue.ts";

export interface DataLayerHooks {
  emit: Emit;
  /** What the shop says that its own event names mean. */
  meanings?: ReadonlyMap<string, string>;
  /** Is given the names of events about products that nobody understands. */
  onUnread?(name: string): void;
  /** Called with what all of Google's consent commands so far say. */
  onConsent?(reading: ConsentReading): void;
}

/** How often to poll a layer that cannot be wrapped or that the page replaces. */
const LOOK_MS = 1000;

/**
 * Follows GA4's `dataLayer`: its existing entries, then new ones. The page's own `push` runs first and
 * its result is returned; nothing is ever added or changed, and no function found in it is run. Returns
 * a function that stops and restores `push`, unless another script has wrapped it since.
 */
export function watchDataLayer(page: object, name: string, hooks: DataLayerHooks): () => void {
  const seen = new WeakSet<object>();
  const hearConsent = createGoogleConsent();
  let layer: unknown;
  let unwrap = () => {};
  let isStopped = false;

  function take(entries: readonly unknown[]): void {
    if (isStopped) return;
    for (const entry of entries) {
      if (typeof entry !== "object" || entry === null || seen.has(entry)) continue;
      seen.add(entry);
      const consent = hearConsent(entry);
      if (consent !== undefined) hooks.onConsent?.(consent);
      readEntry(entry, hooks);
    }
  }

  function look(): void {
    const current = fieldOf(page, name);
    if (current !== layer) {
      unwrap();
      layer = current;
      unwrap = wrapPush(current, take);
    }
    take(entriesOf(current));
  }

  look();
  const timer = setInterval(look, LOOK_MS);
  return () => {
    isStopped = true;
    clearInterval(timer);
    unwrap();
  };
}

type Push = (...entries: unknown[]) => unknown;

/** Returns a function that removes the wrapper, unless the page has wrapped it in turn. */
function wrapPush(layer: unknown, take: (entries: unknown[]) => void): () => void {
  const previous = fieldOf(layer, "push") as Push | undefined;
  if (typeof previous !== "function") return () => {};
  const push: Push = function push(this: unknown, ...entries) {
    const answer = Reflect.apply(previous, this, entries);
    take(entries);
    return answer;
  };
  const wasOwn = attempt(() => Object.hasOwn(layer as object, "push"));
  // A frozen layer cannot be wrapped: it is polled instead.
  attempt(() => Reflect.set(layer as object, "push", push));
  return () => {
    if (fieldOf(layer, "push") !== push) return;
    attempt(() =>
      wasOwn
        ? Reflect.set(layer as object, "push", previous)
        : Reflect.deleteProperty(layer as object, "push"),
    );
  };
}

function readEntry(entry: object, hooks: DataLayerHooks): void {
  const isGtag = tagOf(entry) === "[object Arguments]";
  const [command, name, params] = isGtag
    ? entriesOf(entry)
    : ["event", fieldOf(entry, "event"), entry];
  if (command !== "event") return;
  const { events, unread } = readGa4Event(name, params, hooks.meanings);
  if (unread !== undefined) hooks.onUnread?.(unread);
  if (events.length > 0) hooks.emit(events, `${isGtag} ${textOf(name)}`);
}
