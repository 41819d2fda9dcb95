import type { Habit, OwnProduct } from "./history.ts";

/** The factor by which an order counts less for a habit than the next one. */
export const ORDER_DECAY = 0.9;

/** An order and its products in the catalog. */
export interface Order {
  id: string;
  rows: Set<number>;
}

/** Records a line of an order, because an order may arrive line by line. */
export function addOrderLine(orders: Order[], id: string, row: number): void {
  const last = orders.at(-1);
  if (last?.id === id) last.rows.add(row);
  else orders.push({ id, rows: new Set([row]) });
}

/** Counts the order with this number, from 1, for the product's habit, only once. */
export function countForHabit(product: Pick<OwnProduct, "habit" | "lastOrder">, order: number) {
  if (product.lastOrder === order) return;
  product.habit = product.habit * ORDER_DECAY ** (order - product.lastOrder) + 1;
  product.lastOrder = order;
}

/** @param orders the total number of orders. */
export function habitOf(
  { habit, lastOrder }: Pick<OwnProduct, "habit" | "lastOrder">,
  orders: number,
): Habit {
  return {
    own: habit * ORDER_DECAY ** (orders - lastOrder),
    all: (1 - ORDER_DECAY ** orders) / (1 - ORDER_DECAY),
  };
}

/**
 * The habit of `row` if the orders had never contained `without`: an order of it alone does not exist,
 * and two parts of one order that it separated are joined again.
 */
export function habitWithout(orders: readonly Order[], row: number, without: number): Habit {
  const product = { habit: 0, lastOrder: 0 };
  let count = 0;
  let lastId: string | undefined;
  for (const { id, rows } of orders) {
    if (isAlone(rows, without)) continue;
    if (id !== lastId) count++;
    lastId = id;
    if (rows.has(row)) countForHabit(product, count);
  }
  return habitOf(product, count);
}

/** Whether any order contained only this product. */
export function hasOrderOfOne(orders: readonly Order[], row: number): boolean {
  return orders.some(({ rows }) => isAlone(rows, row));
}

function isAlone(rows: ReadonlySet<number>, row: number): boolean {
  return rows.size === 1 && rows.has(row);
}
