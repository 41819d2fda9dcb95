import type { ShopEventInput } from "../engine/events/shopEvent.ts";
import type { Product } from "../engine/shop/catalog.ts";
import { distinct, filter, flatMap, keyOf, map } from "./lists.ts";
import {
  type PageEvent,
  type ProductRefs,
  productRefsIn,
  toShopEvent,
  UNNUMBERED_ORDER,
} from "./pageEvent.ts";

/** Two programs report one deed within this time, one program reports it twice within the shorter. */
const SAME_DEED_MS = 2000;
const SAME_CALL_MS = 100;
/** A click on a form is seen at once; what the shop says of it waits for its server. */
const FORM_MS = 10_000;
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

/** What the sources have reported so far, for anyone who sets a shop up. */
export interface EventCollectorReport {
  /** Events taken in, by source. */
  events: Record<string, number>;
  /** Names of products that the catalog does not know, the latest last. */
  unknown: string[];
  /** Names of the data layer's events that have products and are not understood: for `data-events`. */
  unread: string[];
}

export interface EventCollector {
  /** Takes what a source found; never throws, and runs nothing before its caller is done. */
  emit(source: string, events: PageEvent[], writer?: string): void;
  /** Is not settled before this is done, which reports what it finds: a source's reader loads. */
  wait(loading: Promise<void>): void;
  /** Notes an event that nobody understands. */
  noteUnread(name: string): void;
  /** Another page is shown, or one is shown again (`isBack`): what is seen on it counts anew. */
  changePage(isBack?: boolean): void;
  /** The product that this page was found to be about. */
  productId(): string | undefined;
  /** Resolves when all that was reported is stored. */
  settled(): Promise<void>;
  report(): EventCollectorReport;
}

/** What a source reported at once. */
interface Batch {
  source: string;
  writer: string;
  at: number;
  page: number;
}

/**
 * Where all sources of events come together: finds the products in the catalog, and counts what
 * several sources report once.
 */
export function createEventCollector(options: EventCollectorOptions): EventCollector {
  const counts = new Map<string, number>();
  const unknown = new Set<string>();
  const unread = new Set<string>();
  const seen = new Set<string>();
  const deeds = new Map<string, Batch>();
  const unnumbered = new Map<string, number>();
  let page = 0;
  let productId: string | undefined;
  let viewedPage: number | undefined;
  /** Of the page before. */
  let lastProductId: string | undefined;
  let work = Promise.resolve();
  let loads: Promise<unknown> = work;

  async function take(reported: PageEvent[], batch: Batch): Promise<void> {
    const found = await productsOf(reported);
    const fresh = flatMap(reported, (event) => {
      const shopEvent = toShopEvent(event, (names) => firstOf(names, found));
      if (shopEvent === undefined) return [];
      return isGuess(event) && isKnownView(shopEvent, batch) ? [] : onlyNew(shopEvent, batch);
    });
    if (fresh.length === 0) return;
    await options.observe(fresh);
    counts.set(batch.source, (counts.get(batch.source) ?? 0) + fresh.length);
    for (const event of fresh) if (event.type === "view") look(event.productId, batch.page);
  }

  /** A page that names what it shows says more than its address; another variant's is the same view. */
  function isKnownView(event: ShopEventInput, batch: Batch): boolean {
    if (viewedPage === batch.page) return true;
    if (event.type !== "view" || event.productId !== lastProductId) return false;
    look(event.productId, batch.page);
    return true;
  }

  function look(id: string, reportedOn: number): void {
    viewedPage = reportedOn;
    if (reportedOn !== page) return; // The shopper has gone on.
    productId = id;
    options.onView?.(id);
  }

  async function productsOf(reported: PageEvent[]): Promise<Map<string, Product>> {
    const names = distinct(
      flatMap(reported, (event) => flatMap(productRefsIn(event), (refs) => refs)),
    );
    const products = names.length === 0 ? [] : await options.products(names);
    const found = new Map<string, Product>();
    for (let at = 0; at < names.length; at++) {
      const product = products[at];
      if (product !== undefined) found.set(names[at]!, product);
    }
    for (const event of reported) {
      for (const refs of isGuess(event) ? [] : productRefsIn(event)) {
        if (firstOf(refs, found) === undefined) note(unknown, refs[0]);
      }
    }
    return found;
  }

  function note(names: Set<string>, name: string | undefined): void {
    if (name === undefined) return;
    names.add(name);
    if (names.size > MAX_UNKNOWN) names.delete([...names][0]!);
  }

  /** The event without what was reported before; nothing if nothing is left. */
  function onlyNew(event: ShopEventInput, batch: Batch): ShopEventInput[] {
    switch (event.type) {
      case "view":
        return isFirst(`view ${batch.page} ${event.productId}`) ? [event] : [];
      case "purchase":
        return newOrder(event, batch);
      case "refund":
        return [{ ...event, orderId: orderNumber(event.orderId) }];
      case "impression": {
        const productIds = filter(event.productIds, (id) => isFirst(`seen ${batch.page} ${id}`));
        return productIds.length === 0 ? [] : [{ ...event, productIds }];
      }
      case "cart":
        return isEcho(`cart ${itemsKey(event.items)}`, batch) ? [] : [event];
      case "search":
        return isEcho(`search ${event.query}`, batch) ? [] : [event];
      default:
        return isEcho(`${event.type} ${deedKey(event)}`, batch) ? [] : [event];
    }
  }

  /** Without a number, the same products bought on one day are one order, on one page two of them two. */
  function newOrder(
    order: Extract<ShopEventInput, { type: "purchase" }>,
    batch: Batch,
  ): ShopEventInput[] {
    if (order.orderId !== UNNUMBERED_ORDER) {
      const orderId = orderNumber(order.orderId);
      return isFirst(`purchase ${orderId}`) ? [{ ...order, orderId }] : [];
    }
    const items = itemsKey(order.items);
    if (isEcho(`purchase ${items}`, batch)) return [];
    const count = (unnumbered.get(items) ?? 0) + 1;
    unnumbered.set(items, count);
    const day = new Date(batch.at).toISOString().slice(0, 10);
    const orderId = `${UNNUMBERED_ORDER} ${day} ${items.replace(/\n/g, " ").trim()}`.slice(0, 240);
    return [{ ...order, orderId: count > 1 ? `${orderId} ${count}` : orderId }];
  }

  function isFirst(key: string): boolean {
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew;
  }

  /** Whether the same deed was reported just now, by another program or twice by one. */
  function isEcho(key: string, batch: Batch): boolean {
    const last = deeds.get(key);
    const isSame = last?.source === batch.source && last.writer === batch.writer;
    const isForm = last?.source === "forms" || batch.source === "forms";
    const limit = isSame ? SAME_CALL_MS : isForm ? FORM_MS : SAME_DEED_MS;
    const isRecent = last && batch.at - last.at < limit;
    // Two lines of one report are two of the product's variants.
    if (isRecent && last !== batch) return true;
    deeds.set(key, batch);
    return false;
  }

  return {
    emit(source, events, writer = "") {
      const batch = { source, writer, at: options.clock(), page };
      work = work.then(() => take(events, batch));
    },
    wait(loading) {
      loads = Promise.all([loads, loading]);
    },
    noteUnread: (name) => note(unread, name),
    changePage(isBack = false) {
      lastProductId = isBack ? undefined : productId;
      page++;
      productId = undefined;
    },
    productId: () => productId,
    settled: () => loads.then(() => work),
    report: () => ({
      events: Object.fromEntries(counts),
      unknown: [...unknown],
      unread: [...unread],
    }),
  };
}

/** "#1001" and "Order 1001" are one number. */
function orderNumber(written: string): string {
  return written.replace(/^\s*(order|no\.?|nr\.?)?\s*#?\s*(?=\S)/i, "");
}

function isGuess(event: PageEvent): boolean {
  return event.type === "view" && event.isGuess === true;
}

function itemsKey(items: readonly { productId: string; quantity: number }[]): string {
  return keyOf(map(items, ({ productId, quantity }) => `${quantity} ${productId}`));
}

function deedKey(event: ShopEventInput): string {
  const { productId, saved, dwellMs } = event as Partial<Record<string, unknown>>;
  return keyOf([productId, saved, dwellMs]);
}

function firstOf(names: ProductRefs, found: ReadonlyMap<string, Product>): Product | undefined {
  for (const name of names) {
    const product = found.get(name);
    if (product !== undefined) return product;
  }
  return undefined;
}
