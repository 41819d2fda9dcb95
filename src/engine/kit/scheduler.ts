/** The longest that background work keeps its thread before it lets others run, milliseconds. */
const SLICE_MS = 4;

/**
 * Lets the event loop run and comes back as soon as it can. Not a timer: browsers delay those by
 * four milliseconds and more, and by a second in hidden tabs.
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

/** Long work cut into slices: ask often whether the slice is over, and if so await the next one. */
export interface Slices {
  isOver(): boolean;
  next(): Promise<void>;
}

/** @param now a clock, milliseconds. @param yieldTurn lets others run. */
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

/** Work that may be interrupted at each `yield`, a small part of a slice apart. */
export type Steps<Result> = Generator<void, Result>;

/** Does all steps, in slices so short that a page can do them. @throws when `signal` is aborted. */
export async function runSliced<Result>(
  steps: Steps<Result>,
  { slices = createSlices(), signal }: { slices?: Slices; signal?: AbortSignal } = {},
): Promise<Result> {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
    if (slices.isOver()) await slices.next();
    signal?.throwIfAborted();
  }
}

/** Does `work` with each item, in order, in slices so short that a page can do them. */
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

/** Does all steps in one go, where nobody waits for the thread. */
export function atOnce<Result>(steps: Steps<Result>): Result {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/** A column in parts, each short work. */
export function partsOf(column: Uint32Array): Uint32Array[] {
  const count = Math.ceil(column.length / PART);
  return Array.from({ length: count }, (_, part) =>
    column.subarray(part * PART, (part + 1) * PART),
  );
}

const PART = 4096;
