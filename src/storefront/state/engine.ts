import type { Recommender, ShopEventInput, Status } from "vitrine";
import type { ShopperStorage } from "./shopperStorage.ts";
import { createStore, type Store } from "./store.ts";

/** The state of the recommender, which is missing at first and after a failure. */
export interface EngineState {
  recommender: Recommender | undefined;
  status: Status | undefined;
  /** Why it could not be opened. */
  failure: Error | undefined;
  /** Number of events since the page was opened, without impressions. */
  acts: number;
}

export interface Engine extends Store<EngineState> {
  /** Stores events once the recommender is open. A failure goes to `onError`. */
  observe(events: ShopEventInput | ShopEventInput[]): Promise<void>;
  /** Whether this shopper has been here before, so that it is worth waiting for personal cards. */
  readonly isReturning: boolean;
  /** Whether shelves follow every event while they are shown, as in the demo. */
  readonly isLive: boolean;
  erase(): Promise<void>;
  close(): Promise<void>;
}

export interface EngineOptions extends Partial<Pick<Engine, "isLive">> {
  /** Called when events could not be stored. */
  onError(error: Error): void;
}

const RETURNING_KEY = "vitrine.returning";

export function hasBeenHere(storage: Pick<Storage, "getItem"> | undefined): boolean {
  return storage?.getItem(RETURNING_KEY) === "yes";
}

export function createEngine(
  opening: Promise<Recommender>,
  storage: ShopperStorage,
  { onError, isLive = false }: EngineOptions,
): Engine {
  const isReturning = hasBeenHere(storage);
  const state = createStore<EngineState>({
    recommender: undefined,
    status: undefined,
    failure: undefined,
    acts: 0,
  });

  function change(part: Partial<EngineState>): void {
    state.set({ ...state.get(), ...part });
  }

  opening.then(
    (recommender) => {
      change({ recommender });
      recommender.subscribe((status) => {
        storage.setGuest(status.recording.because === "guest");
        change({ status });
      });
    },
    (failure: Error) => change({ failure }),
  );

  return {
    get: state.get,
    subscribe: state.subscribe,
    isReturning,
    isLive,
    async observe(events) {
      const isAct = [events].flat().some(({ type }) => type !== "impression");
      try {
        const recommender = await opening.catch(() => undefined); // Its failure is shown already.
        await recommender?.observe(events);
        const recorded = state.get().status?.recording.to;
        if (!isAct || recorded === "nowhere") return;
        change({ acts: state.get().acts + 1 });
        if (recorded === "browser") storage.setItem(RETURNING_KEY, "yes");
      } catch (error) {
        onError(error as Error);
      }
    },
    async erase() {
      await state.get().recommender?.erase();
      storage.removeItem(RETURNING_KEY);
      change({ acts: state.get().acts + 1 });
    },
    async close() {
      const recommender = await opening.catch(() => undefined); // Its failure is shown already.
      await recommender?.close();
    },
  };
}
