import type { Bought, Habit, OwnProduct } from "./history.ts";

/** The factor by which an order counts less for a habit than the next one. */
export const ORDER_DECAY = 0.9;

/** An order and its lines of products in the catalog. */
export interface Order {
  id: string;
  lines: OrderLine[];
}

/** One product of an order, with the units that were not returned. */
export interface OrderLine {
  row: number;
  bought: Bought;
}

/** Orders, and how many of them contain only one product, by its row: they do not exist without it. */
interface CountedOrders {
  orders: Order[];
  loneOrders: Map<number, number>;
}

/** Records a line of an order, because an order may arrive line by line. */
export function addOrderLine(
  { orders, loneOrders }: CountedOrders,
  id: string,
  line: OrderLine,
): void {
  const last = orders.at(-1);
  if (last?.id !== id) {
    orders.push({ id, lines: [line] });
    loneOrders.set(line.row, (loneOrders.get(line.row) ?? 0) + 1);
    return;
  }
  const first = last.lines[0]!.row;
  const wasAlone = line.row !== first && isAlone(last.lines, first);
  if (wasAlone) loneOrders.set(first, loneOrders.get(first)! - 1);
  last.lines.push(line);
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
  const [past, count] = recountHabit(orders, row, without);
  return habitOf(past, count);
}

/** The habit of `row` from the lines that were not returned, as of its last order, and the number of orders. */
export function recountHabit(orders: readonly Order[], row: number, without?: number) {
  const product = { habit: 0, lastOrder: 0 };
  let count = 0;
  let lastId: string | undefined;
  for (const { id, lines } of orders) {
    if (isAlone(lines, without)) continue;
    if (id !== lastId) count++;
    lastId = id;
    const isKept = lines.some((line) => line.row === row && line.bought.units > 0);
    if (isKept) countForHabit(product, count);
  }
  return [product, count] as const;
}

/** Whether any order contained only this product. */
export function hasOrderOfOne({ loneOrders }: CountedOrders, row: number): boolean {
  return (loneOrders.get(row) ?? 0) > 0;
}

function isAlone(lines: readonly OrderLine[], row: number | undefined): boolean {
  return lines.every((line) => line.row === row);
}
