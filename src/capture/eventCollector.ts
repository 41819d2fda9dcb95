import type { ShopEventInput } from "../engine/events/shopEvent.ts";
import type { Product } from "../engine/shop/catalog.ts";
import { type Names, namesIn, type PageEvent, toShopEvent, UNNUMBERED_ORDER } from "./pageEvent.ts";

/** Two sources that tell of the same change of the cart do so within this time. */
const SAME_CHANGE_MS = 2000;
const MOST_UNKNOWN = 20;

export interface DeskOptions {
  /** The catalogue's products by any of their names; undefined where it has none. */
  products(names: string[]): Promise<(Product | undefined)[]>;
  observe(events: ShopEventInput[]): Promise<void>;
  /** The shopper looks at this product. */
  onView?(productId: string): void;
  /** Milliseconds since 1970. */
  clock(): number;
}

/** What the sources have told so far, for whoever sets a shop up. */
export interface DeskReport {
  /** Events taken in, by source. */
  events: Record<string, number>;
  /** Names of products that the catalogue does not know, the latest last. */
  unknown: string[];
}

export interface EventDesk {
  /** Takes what a source found; never throws, and runs nothing before its caller is done. */
  tell(source: string, events: PageEvent[]): void;
  /** Another page is shown: what is seen on it counts anew. */
  turnPage(): void;
  /** The product that this page was found to be about. */
  productId(): string | undefined;
  /** Resolves when all that was told is stored. */
  settled(): Promise<void>;
  report(): DeskReport;
}

/**
 * Where all sources of events come together: finds the products in the catalogue, and counts what
 * several sources tell of once.
 */
export function createEventDesk(options: DeskOptions): EventDesk {
  const counts = new Map<string, number>();
  const unknown = new Set<string>();
  const seen = new Set<string>();
  const changes = new Map<string, { source: string; at: number }>();
  let page = 0;
  let productId: string | undefined;
  let work = Promise.resolve();

  async function take(source: string, told: PageEvent[], toldOn: number): Promise<void> {
    const ids = await idsOf(told.flatMap(namesIn));
    const fresh: ShopEventInput[] = [];
    for (const event of told) {
      const shopEvent = toShopEvent(event, (names) => firstId(names, ids));
      if (shopEvent !== undefined) fresh.push(...onlyNew(shopEvent, source, toldOn));
    }
    if (fresh.length === 0) return;
    await options.observe(fresh);
    counts.set(source, (counts.get(source) ?? 0) + fresh.length);
    for (const event of fresh) if (event.type === "view") look(event.productId, toldOn);
  }

  function look(id: string, toldOn: number): void {
    if (toldOn !== page) return; // The shopper has gone on.
    productId = id;
    options.onView?.(id);
  }

  async function idsOf(names: Names[]): Promise<Map<string, string>> {
    const distinct = [...new Set(names.flat())];
    const found = distinct.length === 0 ? [] : await options.products(distinct);
    const ids = new Map<string, string>();
    found.forEach((product, index) => {
      if (product !== undefined) ids.set(distinct[index]!, product.id);
    });
    for (const one of names) if (firstId(one, ids) === undefined) noteUnknown(one[0]);
    return ids;
  }

  function noteUnknown(name: string | undefined): void {
    if (name === undefined) return;
    unknown.add(name);
    if (unknown.size > MOST_UNKNOWN) unknown.delete([...unknown][0]!);
  }

  /** The event without what was told before; nothing if nothing is left. */
  function onlyNew(event: ShopEventInput, source: string, toldOn: number): ShopEventInput[] {
    switch (event.type) {
      case "view":
        return isFirst(`view ${toldOn} ${event.productId}`) ? [event] : [];
      case "purchase":
        return isFirst(`purchase ${event.orderId}`) ? [withNumber(event)] : [];
      case "impression": {
        const productIds = event.productIds.filter((id) => isFirst(`impression ${toldOn} ${id}`));
        return productIds.length === 0 ? [] : [{ ...event, productIds }];
      }
      case "add_to_cart":
      case "remove_from_cart":
        return isEcho(`${event.type} ${event.productId}`, source) ? [] : [event];
      default:
        return [event];
    }
  }

  /** Without a number, the same products bought on one day are one order. */
  function withNumber(order: Extract<ShopEventInput, { type: "purchase" }>): ShopEventInput {
    if (order.orderId !== UNNUMBERED_ORDER) return order;
    const day = new Date(options.clock()).toISOString().slice(0, 10);
    return { ...order, orderId: `${UNNUMBERED_ORDER} ${day}` };
  }

  function isFirst(key: string): boolean {
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew;
  }

  /** Whether another source told of the same change just now; one source may well tell it twice. */
  function isEcho(key: string, source: string): boolean {
    const now = options.clock();
    const last = changes.get(key);
    if (last !== undefined && last.source !== source && now - last.at < SAME_CHANGE_MS) return true;
    changes.set(key, { source, at: now });
    return false;
  }

  return {
    tell(source, events) {
      const toldOn = page;
      work = work.then(() => take(source, events, toldOn));
    },
    turnPage() {
      page++;
      productId = undefined;
    },
    productId: () => productId,
    settled: () => work,
    report: () => ({ events: Object.fromEntries(counts), unknown: [...unknown] }),
  };
}

function firstId(names: Names, ids: ReadonlyMap<string, string>): string | undefined {
  for (const name of names) {
    const id = ids.get(name);
    if (id !== undefined) return id;
  }
  return undefined;
}
