import { describe, expect, it } from "vitest";
import catalogFile from "../../../public/catalog.json";
import type { ShopEventInput } from "../../engine/events/shopEvent.ts";
import { parseCatalog } from "../../engine/shop/parseCatalog.ts";
import { NOW } from "../../testing/fixtures.ts";
import { createShopperStorage } from "../state/shopperStorage.ts";
import { createShopState } from "../state/shopState.ts";
import type { Visitor } from "../state/visitor.ts";
import { createDemo, type DemoOptions } from "./demo.ts";

const { catalog } = parseCatalog(catalogFile);

/** A demo whose waits end on `tick`, and whose engines record their events. */
function openDemo() {
  const seen: ShopEventInput[] = [];
  const waits: { ms: number; end(): void }[] = [];
  let closed = 0;
  let erased = 0;
  const openVisitor: DemoOptions["openVisitor"] = () =>
    ({
      engine: {
        observe: async (event: ShopEventInput) => void seen.push(event),
        erase: async () => void erased++,
        close: async () => void closed++,
      },
      shopState: createShopState(createShopperStorage(undefined), new EventTarget()),
    }) as unknown as Visitor;
  const demo = createDemo({
    loadCatalog: async () => catalog,
    openVisitor,
    wait: (ms) => new Promise((end) => waits.push({ ms, end })),
    clock: () => NOW,
  });
  const tick = async () => {
    waits.shift()?.end();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { demo, seen, waits, tick, closed: () => closed, erased: () => erased };
}

describe("the guided demo", () => {
  it("plays a shopper event by event, to the end", async () => {
    const { demo, seen, tick } = openDemo();
    await demo.meet("coffee");
    expect(seen).toHaveLength(1);
    await tick();
    expect(seen).toHaveLength(2);
    const { events } = demo.get()!;
    for (let left = events.length; left > 0; left--) await tick();
    expect(seen).toEqual(events);
    expect(demo.get()).toMatchObject({ position: events.length, isPlaying: false });
  });

  it("pauses, steps and goes on", async () => {
    const { demo, seen, tick } = openDemo();
    await demo.meet("runner");
    demo.pause();
    await tick();
    expect(seen).toHaveLength(1);
    await demo.step();
    expect(seen).toHaveLength(2);
    expect(demo.get()?.isPlaying).toBe(false);
    demo.play();
    await tick();
    expect(seen.length).toBeGreaterThan(2);
  });

  it("keeps its pace when paused and played again immediately", async () => {
    const { demo, seen, waits, tick } = openDemo();
    await demo.meet("coffee");
    demo.pause();
    demo.play();
    await tick(); // The wait before the pause.
    expect(waits).toHaveLength(1);
    expect(seen).toHaveLength(2);
  });

  it("plays faster at a higher speed", async () => {
    const { demo, waits, tick } = openDemo();
    await demo.meet("parent");
    demo.setSpeed(4);
    const { ms } = waits[0]!;
    await tick();
    expect(waits[0]!.ms).toBe(ms / 4);
  });

  it("erases a shopper's engine and closes it for the next one, and for the visitor", async () => {
    const { demo, closed, erased } = openDemo();
    await demo.meet("parent");
    await demo.meet("gadgets");
    expect(closed()).toBe(1);
    expect(demo.get()?.shopper).toBe("gadgets");
    await demo.end();
    expect(closed()).toBe(2);
    expect(erased()).toBe(2);
    expect(demo.get()).toBeUndefined();
  });

  it("stores a shopper's purchase as an order", async () => {
    const { demo, tick } = openDemo();
    await demo.meet("coffee");
    const { events, visitor } = demo.get()!;
    for (let left = events.length; left > 0; left--) await tick();
    const bought = events.find(({ type }) => type === "purchase");
    const { orders, cart } = visitor.shopState.get();
    expect(orders).toMatchObject([{ id: bought?.type === "purchase" && bought.orderId }]);
    expect(orders[0]!.totalMinor).toBeGreaterThan(0);
    expect(cart).toEqual([]);
  });

  it("plays the same events again for the same shopper", async () => {
    const { demo } = openDemo();
    await demo.meet("runner");
    const { events } = demo.get()!;
    await demo.end();
    await demo.meet("runner");
    expect(demo.get()!.events).toEqual(events);
  });
});
