import type { Catalog } from "vitrine";
import { createStore, type Store } from "../state/store.ts";
import type { Visitor } from "../state/visitor.ts";
import { createPlayer, type Player } from "./createPlayer.ts";
import type { DemoState } from "./demoState.ts";
import type { ShopperName } from "./shoppers.ts";

/** Plays made-up shoppers with an engine of their own; the visitor's own data is not touched. */
export interface Demo extends Store<DemoState | undefined>, Player {
  /** Starts the visit of a shopper, who is unknown to the recommender at first. */
  meet(shopper: ShopperName): Promise<void>;
  /** Returns to the visitor's own shop and deletes everything of the shopper. */
  end(): Promise<void>;
}

export interface DemoOptions {
  loadCatalog: () => Promise<Catalog>;
  /** Opens an engine that keeps everything in memory. */
  openVisitor: () => Visitor;
  /** Resolves after `ms` milliseconds. */
  wait: (ms: number) => Promise<void>;
  clock: () => number;
}

/**
 * The recommender of a made-up shopper keeps everything in memory and runs no experiments: the demo
 * shows what the network concludes about the shopper.
 */
export const DEMO_RECOMMENDER = {
  databaseName: "vitrine-demo",
  guest: true,
  experiment: 0,
} as const;

export const SPEEDS = [0.5, 1, 2, 4];

export function createDemo({ loadCatalog, openVisitor, wait, clock }: DemoOptions): Demo {
  const state = createStore<DemoState | undefined>(undefined);
  const player = createPlayer(state, wait);

  async function meet(shopper: ShopperName): Promise<void> {
    const [{ visitOf }, catalog] = await Promise.all([import("./shoppers.ts"), loadCatalog()]);
    const previous = state.get();
    state.set({
      shopper,
      visitor: openVisitor(),
      catalog,
      events: visitOf(catalog, shopper, clock()),
      position: 0,
      isPlaying: false,
      speed: previous?.speed ?? 1,
    });
    player.play();
    await discard(previous);
  }

  async function end(): Promise<void> {
    const previous = state.get();
    state.set(undefined);
    await discard(previous);
  }

  return { get: state.get, subscribe: state.subscribe, meet, end, ...player };
}

/** Erases first: the watcher may have chosen to store what the shopper did. */
async function discard(state: DemoState | undefined): Promise<void> {
  await state?.visitor.engine.erase();
  await state?.visitor.engine.close();
}
