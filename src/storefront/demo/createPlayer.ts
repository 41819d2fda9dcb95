import type { WritableStore } from "../state/store.ts";
import { applyToShop } from "./applyToShop.ts";
import type { DemoState } from "./demoState.ts";

/** Does a shopper's events one after another, in the shop and in the recommender. */
export interface Player {
  play(): void;
  pause(): void;
  /** Does the next event, and pauses. */
  step(): Promise<void>;
  setSpeed(speed: number): void;
}

/** Time from one event to the next, at speed 1. */
const EVENT_MS = 1600;

export function createPlayer(
  state: WritableStore<DemoState | undefined>,
  wait: (ms: number) => Promise<void>,
): Player {
  let runs = 0;

  function change(part: Partial<DemoState>): void {
    const now = state.get();
    if (now) state.set({ ...now, ...part });
  }

  async function doNext(): Promise<void> {
    const now = state.get();
    const event = now?.events[now.position];
    if (now === undefined || event === undefined) return;
    const position = now.position + 1;
    change({ position, isPlaying: now.isPlaying && position < now.events.length });
    applyToShop(now, event);
    await now.visitor.engine.observe(event);
  }

  /** Ends on a pause, after the last event, or when another run or another shopper has started. */
  async function run({ visitor }: DemoState): Promise<void> {
    const own = ++runs;
    while (runs === own && state.get()?.visitor === visitor && state.get()?.isPlaying) {
      await doNext();
      await wait(EVENT_MS / (state.get()?.speed ?? 1));
    }
  }

  return {
    play() {
      const now = state.get();
      if (now === undefined || now.isPlaying || now.position >= now.events.length) return;
      change({ isPlaying: true });
      void run(now);
    },
    pause: () => change({ isPlaying: false }),
    step() {
      change({ isPlaying: false });
      return doNext();
    },
    setSpeed: (speed) => change({ speed }),
  };
}
