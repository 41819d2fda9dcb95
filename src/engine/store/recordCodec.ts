import type { KeptEvent, StoredEvent } from "../events/shopEvent.ts";
import { bytes } from "../kit/fields.ts";
import { VitrineError } from "../kit/message.ts";
import type { Cipher } from "./cipher.ts";
import type { EventRecord } from "./database.ts";
import { dayOf } from "./eventStore.ts";

/** Converts events and values to database records and back; records are encrypted if there is a cipher. */
export interface RecordCodec {
  readonly isEncrypted: boolean;
  /** @param seq absent: the database numbers it. */
  recordOf(event: KeptEvent, seq?: number): Promise<EventRecord>;
  /** @throws when the record was sealed with another key, or changed since. */
  eventOf(record: EventRecord): Promise<StoredEvent>;
  valueRecordOf(value: unknown): Promise<object>;
  /** As stored, unchecked. @throws as `eventOf` does. */
  valueOf(record: unknown): Promise<unknown>;
}

export function createRecordCodec(cipher: Cipher | undefined): RecordCodec {
  async function contentOf<Content>(content: Content) {
    return cipher ? { sealed: await cipher.seal(content) } : { plain: content };
  }
  return {
    isEncrypted: cipher !== undefined,
    async recordOf(event, seq) {
      const clear = { ...(seq === undefined ? {} : { seq }), day: dayOf(event.at) };
      return { ...clear, ...(await contentOf(event)) } as EventRecord;
    },
    async eventOf(record) {
      if (!("sealed" in record)) return { ...plainEvent(record), seq: record.seq };
      if (!cipher) throw new VitrineError("cannot-decrypt", "this page cannot decrypt", {});
      return { ...((await cipher.open(record.sealed)) as KeptEvent), seq: record.seq };
    },
    valueRecordOf: contentOf,
    async valueOf(record) {
      if (!isSealed(record)) return plainValue(record);
      return cipher?.open(bytes(record.sealed, "sealed"));
    },
  };
}

export function isSealed(record: unknown): record is { sealed: unknown } {
  return typeof record === "object" && record !== null && "sealed" in record;
}

/** Version 1 of the database stored events and values without a wrapper. */
function plainEvent(record: Exclude<EventRecord, { sealed: ArrayBuffer }>): KeptEvent {
  return "plain" in record ? record.plain : record;
}

function plainValue(record: unknown): unknown {
  const isWrapped = typeof record === "object" && record !== null && "plain" in record;
  return isWrapped ? record.plain : record;
}
