/** The longest that background work keeps its thread before it lets others run, milliseconds. */
const SLICE_MS = 4;

/**
 * Lets the event loop run and comes back as soon as it can. Not a timer: browsers delay those by
 * four milliseconds and more, and by a second in hidden tabs.
 */
export function nextTurn(): Promise<void> {
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

export function createSlices(): Slices {
  let end = performance.now() + SLICE_MS;
  return {
    isOver: () => performance.now() > end,
    async next() {
      await nextTurn();
      end = performance.now() + SLICE_MS;
    },
  };
}
