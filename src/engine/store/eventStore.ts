import type { PrivacyChoices } from "../events/consent.ts";
import type { KeptEvent, StoredEvent } from "../events/shopEvent.ts";

/** What is kept beside the events, as it is written. */
export interface StoredValues {
  /** `networkToBytes` of the personal network. */
  network: ArrayBuffer;
  /** How the personal network came about; see `TrainingReport`. */
  training: unknown;
  /** The trainer chosen on this device; see `TrainerChoice`. */
  trainerChoice: unknown;
  /** Products and categories that do not count; see `Muted`. */
  muted: unknown;
}

export type ValueName = keyof StoredValues;

/** Values learned from events: they go when an event goes. */
export const LEARNED_VALUES = ["network", "training"] as const satisfies ValueName[];

export type EventEdit = (event: StoredEvent) => KeptEvent | undefined;

/** Maps the current events to their replacement, with the values to keep. May run more than once. */
export type Compose = (events: readonly StoredEvent[]) => {
  events: readonly KeptEvent[];
  values: Partial<StoredValues>;
};

/** Where a shopper's events live. Every promise settles only once the data is durable. */
export interface EventStore {
  readonly kind: "indexeddb" | "memory";
  /** Whether what is written is encrypted; memory needs none. */
  readonly isEncrypted: boolean;
  /** Stores events in one transaction and resolves when it is complete, with the last number given. */
  append(events: readonly KeptEvent[]): Promise<number>;
  /** Events with a number above `after`, oldest first; only the newest `limit` of them. */
  readAfter(after: number, limit: number): Promise<StoredEvent[]>;
  count(): Promise<number>;
  /** As it was written, by whatever version: to be parsed by the reader. */
  readValue(key: ValueName): Promise<unknown>;
  writeValue<Key extends ValueName>(key: Key, value: StoredValues[Key]): Promise<void>;
  /** Erases what was learned, but no events. */
  eraseLearned(): Promise<void>;
  readChoices(): Promise<PrivacyChoices>;
  writeChoices(choices: PrivacyChoices): Promise<void>;
  /**
   * Puts `edit` of every event (or of number `only`) in its place; undefined deletes it, the same
   * object leaves it. What was learned goes with the first event that changes, in one transaction.
   * Resolves with how many changed.
   */
  edit(edit: EventEdit, only?: number): Promise<number>;
  /** Deletes events of days before that of `at`, as `edit` does. */
  expire(at: number): Promise<number>;
  /** Puts what `compose` makes of all events, and values, in place of all there are, in one transaction. */
  replace(compose: Compose): Promise<void>;
  /** Removes every event and value, in one transaction. What the shopper chose about storing stays. */
  erase(): Promise<void>;
  close(): void;
}

/** Days since 1970: all that a stored event shows in clear, beside its number. */
export function dayOf(at: number): number {
  return Math.floor(at / 86_400_000);
}

export function withoutSeq({ seq: _seq, ...event }: KeptEvent & { seq?: number }): KeptEvent {
  return event as KeptEvent; // A rest pattern loses which kind of event it is.
}
