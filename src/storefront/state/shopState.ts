import type { Product } from "vitrine";
import { createKeptValue } from "./keptValue.ts";
import type { ShopperStorage } from "./shopperStorage.ts";
import type { Store } from "./store.ts";

/** What the shop itself stores for this shopper, with or without recommendations. */
export interface ShopState {
  cart: readonly CartLine[];
  /** Product ids, newest first. */
  wishlist: readonly string[];
  /** Newest first. */
  orders: readonly Order[];
  /** Stars the shopper gave, 1 to 5, by product id. */
  ratings: Readonly<Record<string, number>>;
}

export interface CartLine {
  productId: string;
  quantity: number;
}

export interface Order {
  id: string;
  /** Milliseconds since 1970. */
  at: number;
  lines: readonly CartLine[];
  totalMinor: number;
  currency: string;
}

/** Also follows changes that other tabs make. */
export interface ShopStateStore extends Store<ShopState> {
  set(change: Partial<ShopState>): void;
  /** Empties it and removes it from storage. */
  erase(): void;
}

const KEY = "vitrine.shop";
const MAX_OF_ONE = 99;

export function createShopState(storage: ShopperStorage, tabs: EventTarget): ShopStateStore {
  const kept = createKeptValue(storage, { key: KEY, read: readState, write: JSON.stringify });

  tabs.addEventListener("storage", (event) => {
    const { key } = event as StorageEvent;
    if (key === KEY || key === null) kept.reread();
  });

  return { ...kept, set: (change) => kept.set({ ...kept.get(), ...change }) };
}

/** Keeps what is valid: an older version or another script may have written the text. */
export function readState(text: string | null | undefined): ShopState {
  const fields = parse(text);
  return {
    cart: listOf(fields.cart).flatMap(readLine),
    wishlist: listOf(fields.wishlist).filter((id): id is string => typeof id === "string"),
    orders: listOf(fields.orders).flatMap(readOrder),
    ratings: readRatings(fields.ratings),
  };
}

function parse(text: string | null | undefined): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text ?? "{}");
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function readRatings(value: unknown): Record<string, number> {
  if (typeof value !== "object" || value === null) return {};
  const isRating = ([, stars]: [string, unknown]) =>
    Number.isInteger(stars) && (stars as number) >= 1 && (stars as number) <= 5;
  return Object.fromEntries(Object.entries(value).filter(isRating));
}

function readLine(value: unknown): CartLine[] {
  const { productId, quantity } = (value ?? {}) as Partial<CartLine>;
  if (typeof productId !== "string" || !Number.isInteger(quantity)) return [];
  return [{ productId, quantity: Math.min(MAX_OF_ONE, Math.max(1, quantity!)) }];
}

function readOrder(value: unknown): Order[] {
  const { id, at, lines, totalMinor, currency } = (value ?? {}) as Partial<Order>;
  if (typeof id !== "string" || typeof currency !== "string") return [];
  if (!Number.isFinite(totalMinor) || !isDate(at) || !isCurrency(currency)) return [];
  return [
    { id, at: at!, totalMinor: totalMinor!, currency, lines: listOf(lines).flatMap(readLine) },
  ];
}

function isDate(at: unknown): boolean {
  return typeof at === "number" && !Number.isNaN(new Date(at).getTime());
}

/** Of this form, a browser can write an amount, whether there is such a currency or not. */
function isCurrency(code: string): boolean {
  return /^[A-Z]{3}$/.test(code);
}

/**
 * The cart with a line added, changed or, if its quantity is 0, removed. A product that returns gets the
 * place it had in the cart `before`; others come last.
 */
export function withQuantity(
  cart: readonly CartLine[],
  { productId, quantity }: CartLine,
  before = cart,
): readonly CartLine[] {
  const line = { productId, quantity: Math.min(MAX_OF_ONE, quantity) };
  if (quantity <= 0) return cart.filter((other) => other.productId !== productId);
  if (!cart.some((other) => other.productId === productId)) {
    return cart.toSpliced(placeBack(productId, idsIn(before), idsIn(cart)), 0, line);
  }
  return cart.map((other) => (other.productId === productId ? line : other));
}

/** The index in `ids` at which an id of `before` belongs: ahead of those that followed it, else last. */
export function placeBack(id: string, before: readonly string[], ids: readonly string[]): number {
  const followers = before.includes(id) ? before.slice(before.indexOf(id) + 1) : [];
  const next = ids.findIndex((other) => followers.includes(other));
  return next < 0 ? ids.length : next;
}

/** How many of a product a cart may hold. */
export function maxOf({ stock = MAX_OF_ONE }: Product): number {
  return Math.min(stock, MAX_OF_ONE);
}

export function idsIn(cart: readonly CartLine[]): string[] {
  return cart.map(({ productId }) => productId);
}

export function quantityOf(cart: readonly CartLine[], productId: string): number {
  return cart.find((line) => line.productId === productId)?.quantity ?? 0;
}
