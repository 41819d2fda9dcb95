/** A change to the stored data that other tabs of this browser are notified of. */
const CHANGES = ["events", "network", "forgotten", "erased", "choices"] as const;
export type StoredChange = (typeof CHANGES)[number];

/** The tabs of one browser that have the same database open. */
export interface Tabs {
  /** Notifies all other tabs. */
  announce(change: StoredChange): void;
  close(): void;
}

/** Without BroadcastChannel (old browsers, or one that denies it) tabs do not notify each other. */
export function openTabs(databaseName: string, onChange: (change: StoredChange) => void): Tabs {
  let channel: BroadcastChannel;
  try {
    channel = new BroadcastChannel(`vitrine:${databaseName}`);
  } catch {
    return { announce() {}, close() {} };
  }
  channel.addEventListener("message", ({ data }: MessageEvent<unknown>) => {
    const change = CHANGES.find((known) => known === data); // A newer version may send unknown changes.
    if (change !== undefined) onChange(change);
  });
  return {
    announce: (change) => channel.postMessage(change),
    close: () => channel.close(),
  };
}
