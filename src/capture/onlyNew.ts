import type { ShopEventInput } from "../engine/events/shopEvent.ts";
import { filter, keyOf, map } from "./lists.ts";
import { UNNUMBERED_ORDER } from "./pageEvent.ts";

/** Two programs report one action within this time; one program reports it twice within the shorter. */
const SAME_ACTION_MS = 2000;
const SAME_CALL_MS = 100;
/** A click on a form is seen at once; what the shop reports about it waits for its server. */
const FORM_MS = 10_000;

/** What a source reported at once. */
export interface Batch {
  source: string;
  /** Which of a source's programs reported it, if it has several. */
  writer: string;
  /** Milliseconds since 1970. */
  at: number;
  /** The number of the page on which it was reported. */
  page: number;
}

/** What has been reported so far, to recognize further reports of it. */
export interface Reported {
  /** Keys of what counts only once: views and impressions per page, numbered orders. */
  once: Set<string>;
  /** The last report of each action. */
  actions: Map<string, Batch>;
  /** Counts of the orders without a number, by their items. */
  unnumbered: Map<string, number>;
}

export function createReported(): Reported {
  return { once: new Set(), actions: new Map(), unnumbered: new Map() };
}

/** The event without what was reported before, which `reported` then includes; none if nothing is left. */
export function onlyNew(event: ShopEventInput, batch: Batch, reported: Reported): ShopEventInput[] {
  const unlessEcho = (key: string) => (isEcho(key, batch, reported) ? [] : [event]);
  switch (event.type) {
    case "view":
      return isFirst(`view ${batch.page} ${event.productId}`, reported) ? [event] : [];
    case "purchase":
      return newOrder(event, batch, reported);
    case "refund":
      return [{ ...event, orderId: orderNumber(event.orderId) }];
    case "impression": {
      const isNew = (id: string) => isFirst(`seen ${batch.page} ${id}`, reported);
      const productIds = filter(event.productIds, isNew);
      return productIds.length === 0 ? [] : [{ ...event, productIds }];
    }
    case "cart":
      return unlessEcho(`cart ${itemsKey(event.items)}`);
    case "search":
      return unlessEcho(`search ${event.query}`);
    default:
      return unlessEcho(`${event.type} ${actionKey(event)}`);
  }
}

type Order = Extract<ShopEventInput, { type: "purchase" }>;

function newOrder(order: Order, batch: Batch, reported: Reported): ShopEventInput[] {
  if (order.orderId === UNNUMBERED_ORDER) return newUnnumberedOrder(order, batch, reported);
  const orderId = orderNumber(order.orderId);
  return isFirst(`purchase ${orderId}`, reported) ? [{ ...order, orderId }] : [];
}

/** The same products bought on one day are one order, unless they are bought twice on one page. */
function newUnnumberedOrder(order: Order, batch: Batch, reported: Reported): ShopEventInput[] {
  const items = itemsKey(order.items);
  if (isEcho(`purchase ${items}`, batch, reported)) return [];
  const count = (reported.unnumbered.get(items) ?? 0) + 1;
  reported.unnumbered.set(items, count);
  const day = new Date(batch.at).toISOString().slice(0, 10);
  const orderId = `${UNNUMBERED_ORDER} ${day} ${items.replace(/\n/g, " ").trim()}`.slice(0, 240);
  return [{ ...order, orderId: count > 1 ? `${orderId} ${count}` : orderId }];
}

function isFirst(key: string, { once }: Reported): boolean {
  const isNew = !once.has(key);
  once.add(key);
  return isNew;
}

/** Whether the same action was reported just before, by another program or twice by one. */
function isEcho(key: string, batch: Batch, { actions }: Reported): boolean {
  const last = actions.get(key);
  // Two lines of one report are two variants of the product.
  const isRecent = last && last !== batch && batch.at - last.at < echoMs(last, batch);
  if (!isRecent) actions.set(key, batch);
  return isRecent ?? false;
}

/** Reports of one action arrive within this time, in milliseconds. */
function echoMs(last: Batch, { source, writer }: Batch): number {
  if (last.source === source && last.writer === writer) return SAME_CALL_MS;
  return last.source === "forms" || source === "forms" ? FORM_MS : SAME_ACTION_MS;
}

/** "#1001" and "Order 1001" are one number. */
function orderNumber(written: string): string {
  return written.replace(/^\s*(order|no\.?|nr\.?)?\s*#?\s*(?=\S)/i, "");
}

function itemsKey(items: readonly { productId: string; quantity: number }[]): string {
  return keyOf(map(items, ({ productId, quantity }) => `${quantity} ${productId}`));
}

function actionKey(event: ShopEventInput): string {
  const { productId, saved, dwellMs } = event as Partial<Record<string, unknown>>;
  return keyOf([productId, saved, dwellMs]);
}
