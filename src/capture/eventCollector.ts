import type { ShopEventInput } from "../engine/events/shopEvent.ts";
import type { Product } from "../engine/shop/catalog.ts";
import { distinct, flatMap } from "./lists.ts";
import { type Batch, createReported, onlyNew, type Reported } from "./onlyNew.ts";
import { type PageEvent, type ProductRefs, productRefsIn, toShopEvent } from "./pageEvent.ts";

const MAX_UNKNOWN = 20;

export interface EventCollectorOptions {
  /** The catalog's product for any of its names; undefined if there is none. */
  products(names: string[]): Promise<(Product | undefined)[]>;
  observe(events: ShopEventInput[]): Promise<void>;
  /** The shopper views this product. */
  onView?(productId: string): void;
  /** Milliseconds since 1970. */
  clock(): number;
}

/** What the sources have reported so far, for setting up a shop. */
export interface EventCollectorReport {
  /** Events taken in, by source. */
  events: Record<string, number>;
  /** Names of products that are not in the catalog, the latest last. */
  unknown: string[];
  /** Names of the data layer's events that have products and are not understood: for `data-events`. */
  unread: string[];
}

export interface EventCollector {
  /** Takes in what a source found; never throws, and does nothing before its caller returns. */
  emit(source: string, events: PageEvent[], writer?: string): void;
  /** Notes an event of unknown meaning. */
  noteUnread(name: string): void;
  /** Another page is shown, or one again (`isBack`): views and impressions on it count anew. */
  changePage(isBack?: boolean): void;
  /** The product that this page is about. */
  productId(): string | undefined;
  /** Resolves when all that was reported is stored. */
  settled(): Promise<void>;
  report(): EventCollectorReport;
}

/** A collector's mutable state, with its options. */
interface Core extends EventCollectorOptions, Reported {
  /** Counts of the events taken in, by source. */
  events: Map<string, number>;
  unknown: Set<string>;
  unread: Set<string>;
  /** The number of the page that is shown. */
  page: number;
  productId?: string | undefined;
  /** The last page on which a product was viewed. */
  viewedPage?: number;
  /** The product of the page before. */
  lastProductId?: string | undefined;
}

/**
 * Where all sources of events come together: finds the products in the catalog, and counts what
 * several sources report once.
 */
export function createEventCollector(options: EventCollectorOptions): EventCollector {
  const core: Core = {
    ...options,
    ...createReported(),
    events: new Map(),
    unknown: new Set(),
    unread: new Set(),
    page: 0,
  };
  let work = Promise.resolve();
  return {
    emit(source, events, writer = "") {
      const batch = { source, writer, at: core.clock(), page: core.page };
      work = work.then(() => take(core, events, batch));
    },
    noteUnread: (name) => note(core.unread, name),
    changePage(isBack = false) {
      core.lastProductId = isBack ? undefined : core.productId;
      core.page++;
      core.productId = undefined;
    },
    productId: () => core.productId,
    settled: () => work,
    report: () => ({
      events: Object.fromEntries(core.events),
      unknown: [...core.unknown],
      unread: [...core.unread],
    }),
  };
}

async function take(core: Core, events: readonly PageEvent[], batch: Batch): Promise<void> {
  const found = await productsOf(core, events);
  const fresh = flatMap(events, (event) => {
    const shopEvent = toShopEvent(event, (names) => firstOf(names, found));
    if (shopEvent === undefined) return [];
    const isKnown = isGuess(event) && isKnownView(core, shopEvent, batch);
    return isKnown ? [] : onlyNew(shopEvent, batch, core);
  });
  if (fresh.length === 0) return;
  await core.observe(fresh);
  core.events.set(batch.source, (core.events.get(batch.source) ?? 0) + fresh.length);
  for (const event of fresh) if (event.type === "view") look(core, event.productId, batch);
}

/** A page that names what it shows is more exact than its address; another variant's is the same view. */
function isKnownView(core: Core, event: ShopEventInput, batch: Batch): boolean {
  if (core.viewedPage === batch.page) return true;
  if (event.type !== "view" || event.productId !== core.lastProductId) return false;
  look(core, event.productId, batch);
  return true;
}

function look(core: Core, productId: string, { page }: Batch): void {
  core.viewedPage = page;
  if (page !== core.page) return; // The shopper has moved on.
  core.productId = productId;
  core.onView?.(productId);
}

/** The catalog's products, by the names in the events; names of unknown products are noted. */
async function productsOf(
  core: Core,
  events: readonly PageEvent[],
): Promise<ReadonlyMap<string, Product>> {
  const names = distinct(flatMap(events, (event) => flatMap(productRefsIn(event), (refs) => refs)));
  const products = names.length === 0 ? [] : await core.products(names);
  const found = new Map<string, Product>();
  for (let at = 0; at < names.length; at++) {
    const product = products[at];
    if (product !== undefined) found.set(names[at]!, product);
  }
  for (const event of events) {
    for (const refs of isGuess(event) ? [] : productRefsIn(event)) {
      if (firstOf(refs, found) === undefined) note(core.unknown, refs[0]);
    }
  }
  return found;
}

function note(names: Set<string>, name: string | undefined): void {
  if (name === undefined) return;
  names.add(name);
  if (names.size > MAX_UNKNOWN) names.delete([...names][0]!);
}

function isGuess(event: PageEvent): boolean {
  return event.type === "view" && event.isGuess === true;
}

function firstOf(names: ProductRefs, found: ReadonlyMap<string, Product>): Product | undefined {
  for (const name of names) {
    const product = found.get(name);
    if (product !== undefined) return product;
  }
  return undefined;
}
