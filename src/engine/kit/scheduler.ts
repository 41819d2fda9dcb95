/** The longest time that background work holds its thread before it yields, in milliseconds. */
const SLICE_MS = 4;

/**
 * Lets the event loop run and resumes as soon as possible. It does not use timers, which browsers delay
 * by four milliseconds or more, and by a second in hidden tabs.
 */
export function yieldToEventLoop(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}

/** Long work in slices: check often whether the slice is over, and if so await the next one. */
export interface Slices {
  isOver(): boolean;
  next(): Promise<void>;
}

/** @param now a clock, in milliseconds. @param yieldTurn lets other work run. */
export function createSlices(now = () => performance.now(), yieldTurn = yieldToEventLoop): Slices {
  let end = now() + SLICE_MS;
  return {
    isOver: () => now() > end,
    async next() {
      await yieldTurn();
      end = now() + SLICE_MS;
    },
  };
}

/** Runs `work` on each item, in order, in slices short enough for a page's main thread. */
export async function eachSlice<Item>(
  items: readonly Item[],
  work: (item: Item) => void,
  slices = createSlices(),
): Promise<void> {
  for (const item of items) {
    work(item);
    if (slices.isOver()) await slices.next();
  }
}

/** A column in parts, each quick to process. */
export function partsOf(column: Uint32Array): Uint32Array[] {
  const count = Math.ceil(column.length / PART);
  return Array.from({ length: count }, (_, part) =>
    column.subarray(part * PART, (part + 1) * PART),
  );
}

const PART = 4096;
