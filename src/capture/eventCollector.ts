import type { ShopEventInput } from "../engine/events/shopEvent.ts";
import type { Product } from "../engine/shop/catalog.ts";
import {
  type PageEvent,
  type ProductRefs,
  productRefsIn,
  toShopEvent,
  UNNUMBERED_ORDER,
} from "./pageEvent.ts";

/** Two sources that report the same cart change do so within this time. */
const SAME_CHANGE_MS = 2000;
const MAX_UNKNOWN = 20;

export interface EventCollectorOptions {
  /** The catalog's product for any of its names; undefined if there is none. */
  products(names: string[]): Promise<(Product | undefined)[]>;
  observe(events: ShopEventInput[]): Promise<void>;
  /** The shopper looks at this product. */
  onView?(productId: string): void;
  /** Milliseconds since 1970. */
  clock(): number;
}

/** The reports so far, for setting up a shop. */
export interface EventCollectorReport {
  /** Events taken in, by source. */
  events: Record<string, number>;
  /** Names of products that the catalog does not know, the latest last. */
  unknown: string[];
}

export interface EventCollector {
  /** Takes a source's finding; never throws, and does nothing before its caller is done. */
  emit(source: string, events: PageEvent[]): void;
  /** Another page is shown: its events count separately. */
  changePage(): void;
  /** The product that this page is about. */
  productId(): string | undefined;
  /** Resolves when everything reported is stored. */
  settled(): Promise<void>;
  report(): EventCollectorReport;
}

/**
 * Joins all sources of events: finds the products in the catalog, and counts an event reported by
 * several sources once.
 */
export function createEventCollector(options: EventCollectorOptions): EventCollector {
  const counts = new Map<string, number>();
  const unknown = new Set<string>();
  const seen = new Set<string>();
  const changes = new Map<string, { source: string; at: number }>();
  let page = 0;
  let productId: string | undefined;
  let work = Promise.resolve();

  async function take(source: string, reported: PageEvent[], reportedOn: number): Promise<void> {
    const ids = await idsOf(reported.flatMap(productRefsIn));
    const fresh: ShopEventInput[] = [];
    for (const event of reported) {
      const shopEvent = toShopEvent(event, (names) => firstId(names, ids));
      if (shopEvent !== undefined) fresh.push(...onlyNew(shopEvent, source, reportedOn));
    }
    if (fresh.length === 0) return;
    await options.observe(fresh);
    counts.set(source, (counts.get(source) ?? 0) + fresh.length);
    for (const event of fresh) if (event.type === "view") look(event.productId, reportedOn);
  }

  function look(id: string, reportedOn: number): void {
    if (reportedOn !== page) return; // The shopper is on another page.
    productId = id;
    options.onView?.(id);
  }

  async function idsOf(names: ProductRefs[]): Promise<Map<string, string>> {
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
    if (unknown.size > MAX_UNKNOWN) unknown.delete([...unknown][0]!);
  }

  /** The event without parts that were reported before; undefined if nothing is left. */
  function onlyNew(event: ShopEventInput, source: string, reportedOn: number): ShopEventInput[] {
    switch (event.type) {
      case "view":
        return isFirst(`view ${reportedOn} ${event.productId}`) ? [event] : [];
      case "purchase":
        return isFirst(`purchase ${event.orderId}`) ? [withNumber(event)] : [];
      case "impression": {
        const productIds = event.productIds.filter((id) =>
          isFirst(`impression ${reportedOn} ${id}`),
        );
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

  /** Whether another source has just reported the same change; one source may report it twice. */
  function isEcho(key: string, source: string): boolean {
    const now = options.clock();
    const last = changes.get(key);
    if (last !== undefined && last.source !== source && now - last.at < SAME_CHANGE_MS) return true;
    changes.set(key, { source, at: now });
    return false;
  }

  return {
    emit(source, events) {
      const reportedOn = page;
      work = work.then(() => take(source, events, reportedOn));
    },
    changePage() {
      page++;
      productId = undefined;
    },
    productId: () => productId,
    settled: () => work,
    report: () => ({ events: Object.fromEntries(counts), unknown: [...unknown] }),
  };
}

function firstId(names: ProductRefs, ids: ReadonlyMap<string, string>): string | undefined {
  for (const name of names) {
    const id = ids.get(name);
    if (id !== undefined) return id;
  }
  return undefined;
}
