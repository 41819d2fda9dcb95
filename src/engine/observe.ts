import type { parseShopEvent, ShopEventInput } from "./events/shopEvent.ts";
import type { Learner } from "./learning/learner.ts";
import type { ShopperLog } from "./store/shopperLog.ts";

/** Takes the page's reports of events. */
export interface Observe {
  /**
   * Stores the shopper's actions, if they allow it, and takes them into account at once. Resolves when
   * they are stored. An event without a time happened now.
   * @param isRepeated for a call that was made before without an answer: what it has already stored is
   * not stored again. Its events need a time.
   * @throws {FieldError} naming the field of the first malformed event; nothing from the call is stored.
   */
  observe(events: ShopEventInput | ShopEventInput[], isRepeated?: boolean): Promise<void>;
}

interface Deps {
  log: ShopperLog;
  learner: Learner;
  clock: () => number;
  /** Loaded together with the log, because no event comes before it. */
  parseEvent: typeof parseShopEvent;
  /** Called when the status has changed. */
  onChange(): void;
}

/** From what a page reports to the history, and to a training when one is due. */
export async function observe(
  { log, learner, clock, parseEvent, onChange }: Deps,
  events: ShopEventInput | ShopEventInput[],
  isRepeated?: boolean,
): Promise<void> {
  const list = Array.isArray(events) ? events : [events];
  await log.append(
    list.map((event) => parseEvent(event, clock())),
    isRepeated,
  );
  learner.onNewEvents();
  onChange();
}
