import type { Catalog, ShopEvent } from "vitrine";
import { orderOf } from "../state/orderOf.ts";
import { quantityOf, withQuantity } from "../state/shopState.ts";
import { createStore, type Store } from "../state/store.ts";
import type { Visitor } from "../state/visitor.ts";
import type { ShopperName } from "./shoppers.ts";

export interface DemoState {
  shopper: ShopperName;
  visitor: Visitor;
  catalog: Catalog;
  events: readonly ShopEvent[];
  /** Events done so far. */
  position: number;
  isPlaying: boolean;
  /** Times the usual pace. */
  speed: number;
}

/** Plays made-up shoppers through an engine of their own; the visitor's own data is not touched. */
export interface Demo extends Store<DemoState | undefined> {
  /** Lets a shopper in, who starts at once as a stranger. */
  meet(shopper: ShopperName): Promise<void>;
  play(): void;
  pause(): void;
  /** Does the next event, and pauses. */
  step(): Promise<void>;
  setSpeed(speed: number): void;
  /** Back to the visitor's own shop; nothing is left of the shopper. */
  end(): Promise<void>;
}

export interface DemoOptions {
  loadCatalog: () => Promise<Catalog>;
  /** Opens an engine that keeps everything in memory. */
  openVisitor: () => Visitor;
  /** Resolves after so many milliseconds. */
  wait: (ms: number) => Promise<void>;
  clock: () => number;
}

/**
 * The recommender of a made-up shopper keeps everything in memory and experiments on nobody: whoever
 * watches is to see what the network makes of the shopper.
 */
export const DEMO_RECOMMENDER = {
  databaseName: "vitrine-demo",
  guest: true,
  experiment: 0,
} as const;

export const SPEEDS = [0.5, 1, 2, 4];
const EVENT_MS = 1600;

export function createDemo({ loadCatalog, openVisitor, wait, clock }: DemoOptions): Demo {
  const state = createStore<DemoState | undefined>(undefined);
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

  /** Ends when it is paused (though it goes on before this one woke), over, or another shopper's turn. */
  async function run(visitor: Visitor): Promise<void> {
    const own = ++runs;
    while (runs === own && state.get()?.visitor === visitor && state.get()?.isPlaying) {
      await doNext();
      await wait(EVENT_MS / (state.get()?.speed ?? 1));
    }
  }

  function play(): void {
    const now = state.get();
    if (now === undefined || now.isPlaying || now.position >= now.events.length) return;
    change({ isPlaying: true });
    void run(now.visitor);
  }

  async function end(): Promise<void> {
    const left = state.get();
    state.set(undefined);
    await leave(left);
  }

  /** Nothing is left of a shopper, not even where somebody had the demo store what they did. */
  async function leave(left: DemoState | undefined): Promise<void> {
    await left?.visitor.engine.erase();
    await left?.visitor.engine.close();
  }

  return {
    get: state.get,
    subscribe: state.subscribe,
    async meet(shopper) {
      const [{ visitOf }, catalog] = await Promise.all([import("./shoppers.ts"), loadCatalog()]);
      const left = state.get();
      state.set({
        shopper,
        visitor: openVisitor(),
        catalog,
        events: visitOf(catalog, shopper, clock()),
        position: 0,
        isPlaying: false,
        speed: left?.speed ?? 1,
      });
      play();
      await leave(left);
    },
    play,
    pause: () => change({ isPlaying: false }),
    step() {
      change({ isPlaying: false });
      return doNext();
    },
    setSpeed: (speed) => change({ speed }),
    end,
  };
}

/** What the shop's own pages would have done with it. */
function applyToShop({ visitor: { shopState }, catalog }: DemoState, event: ShopEvent): void {
  const { cart, wishlist, orders } = shopState.get();
  if (event.type === "add_to_cart") {
    const quantity = quantityOf(cart, event.productId) + event.quantity;
    shopState.set({ cart: withQuantity(cart, event.productId, quantity) });
  }
  if (event.type === "wishlist") shopState.set({ wishlist: [event.productId, ...wishlist] });
  if (event.type === "purchase") {
    const { orderId: id, at, items } = event;
    const lines = items.map(({ productId, quantity }) => ({ productId, quantity }));
    shopState.set({ cart: [], orders: [orderOf(catalog, { id, at, lines }), ...orders] });
  }
}
