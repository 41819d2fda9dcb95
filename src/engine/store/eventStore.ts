import type { PrivacyChoices } from "../events/consent.ts";
import type { KeptEvent, StoredEvent } from "../events/shopEvent.ts";

/** The values stored with the events, as they are written. */
export interface StoredValues {
  /** `networkToBytes` of the personal network. */
  network: ArrayBuffer;
  /** The report of the personal network's training; see `TrainingReport`. */
  training: unknown;
  /** The trainer chosen on this device; see `TrainerChoice`. */
  trainerChoice: unknown;
  /** Muted products and categories; see `Muted`. */
  muted: unknown;
}

export type ValueName = keyof StoredValues;
export const VALUE_NAMES = ["network", "training", "trainerChoice", "muted"] satisfies ValueName[];

/** Values learned from events; they are deleted when an event is. */
export const LEARNED_VALUES = ["network", "training"] as const satisfies ValueName[];

export type EventEdit = (event: StoredEvent) => KeptEvent | undefined;

export interface StoreContent {
  events: StoredEvent[];
  values: Map<ValueName, unknown>;
  choices: PrivacyChoices;
}

export interface EditOptions {
  /** The number of the only event to edit. */
  only?: number;
  /** Whether an event may be deleted that cannot be written again. */
  mayDelete?: boolean;
}

/** Maps the current events to their replacement, with the values to keep. May run more than once. */
export type Compose = (events: readonly StoredEvent[]) => {
  events: readonly KeptEvent[];
  values: Partial<StoredValues>;
};

/** Where a shopper's events live. Every promise settles only once the data is durable. */
export interface EventStore {
  readonly kind: "indexeddb" | "memory";
  /** Another one than before: something was removed from the log, or it is a new one. */
  readonly generation: number;
  /** Whether records are encrypted; memory needs no encryption. */
  readonly isEncrypted: boolean;
  /** Stores events in one transaction. Resolves with the last assigned number when it is complete. */
  append(events: readonly KeptEvent[]): Promise<number>;
  /** Events with a number above `after`, oldest first; only the newest `limit` of them. */
  readAfter(after: number, limit: number): Promise<StoredEvent[]>;
  count(): Promise<number>;
  /** A copy of everything, as far as it can be read. */
  content(): Promise<StoreContent>;
  /** The raw value, written by any version; the reader must parse it. */
  readValue(key: ValueName): Promise<unknown>;
  writeValue<Key extends ValueName>(key: Key, value: StoredValues[Key]): Promise<void>;
  /** Erases the learned values, but no events. */
  eraseLearned(): Promise<void>;
  readChoices(): Promise<PrivacyChoices>;
  writeChoices(choices: PrivacyChoices): Promise<void>;
  /**
   * Replaces every event (or only one) with the result of `edit`: undefined deletes it, the
   * same object keeps it. If any event changes, the learned values are deleted in the same transaction.
   * A full store deletes what it cannot write again if it may, with a warning.
   * Resolves with the number of changed events.
   */
  edit(edit: EventEdit, options?: EditOptions): Promise<number>;
  /** Deletes events from days before that of `at`, as `edit` does. */
  expire(at: number): Promise<number>;
  /** Replaces all events and values with the result of `compose`, in one transaction. */
  replace(compose: Compose): Promise<void>;
  /** Removes every event and value, in one transaction. The shopper's privacy choices stay. */
  erase(): Promise<void>;
  close(): void;
}

/** Days since 1970; with its number, all that a stored event reveals unencrypted. */
export function dayOf(at: number): number {
  return Math.floor(at / 86_400_000);
}

export function withoutSeq({ seq: _seq, ...event }: KeptEvent & { seq?: number }): KeptEvent {
  return event as KeptEvent; // The rest pattern loses the event's type.
}
