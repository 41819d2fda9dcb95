import type { LogControl } from "./control.ts";
import type { Learner } from "./learning/learner.ts";
import type { Status } from "./recommender.ts";
import type { Catalog } from "./shop/catalog.ts";
import type { ShopperLog } from "./store/shopperLog.ts";

/** The sources of a status. */
export interface StatusSources extends Pick<Status, "thread" | "rejectedProducts" | "warnings"> {
  log: ShopperLog;
  learner: Learner;
  control: LogControl;
  catalog: Catalog;
  clock: () => number;
}

/** The current status of all parts of a recommender. */
export function statusOf({
  log,
  learner,
  control,
  catalog,
  clock,
  ...rest
}: StatusSources): Status {
  const { history } = log;
  return {
    thread: rest.thread,
    store: log.kind,
    recording: log.recording,
    consent: log.consent,
    isGuest: log.isGuest,
    offersConsent: log.offersConsent,
    network: learner.kind,
    events: log.eventCount,
    interactions: history.interactions,
    experiment: history.experiment.statusAt(clock()),
    trainer: learner.choice,
    training: learner.progress,
    lastTraining: learner.lastTraining,
    relearning: control.relearning,
    isEncrypted: log.isEncrypted,
    retentionDays: log.retentionDays,
    hidden: Array.from(history.hidden, (row) => catalog.products[row]!.id),
    muted: log.muted,
    rejectedProducts: rest.rejectedProducts,
    warnings: [...rest.warnings],
  };
}
