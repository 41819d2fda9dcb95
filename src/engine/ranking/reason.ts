import type { Acts } from "../events/history.ts";
import { INPUT_NAMES, type InputName } from "../network/network.ts";
import type { Parts } from "./parts.ts";
import type { ShopperContext } from "./shopperContext.ts";

/** The strongest reason for a card, and the product in the shopper's history behind it. */
export interface Reason {
  /** `range`: only that the shop sells it. */
  input: InputName | "range";
  /**
   * The product whose removal would lower the card's log-odds the most among those behind the input.
   * Undefined for `popularity` and `range`, and if no single product makes a difference: several products
   * are then behind the card.
   */
  because?: string;
  /** For `ownHistory`: counts of the shopper's acts with this product. */
  acts?: Acts;
  /** Whether the shop pinned the card; the rest then explains how it suits the shopper. */
  pinned?: true;
}

/** The parts of a card that its reason depends on. */
export interface ReasonSources {
  context: ShopperContext;
  row: number;
  inputs: Float32Array;
  /** Each input's contribution to the log-odds. */
  contributions: readonly number[];
  parts: Parts;
  logOdds: number;
  /** The card's log-odds for other inputs. */
  logOddsOf(inputs: Float32Array): number;
}

/**
 * The input that adds the most to the log-odds and can be explained. An input that depends on several
 * products, none of which makes a difference alone, is named without a product.
 */
export function reasonOf(card: ReasonSources): Reason {
  const { context, row, contributions, inputs } = card;
  const crowd = crowdReason(context, row);
  const byWeight = INPUT_NAMES.map((name, index) => ({ name, index }))
    .filter(({ index }) => inputs[index]! > 0 && contributions[index] !== 0)
    .filter(({ name }) => name !== "popularity" || crowd.input === "popularity")
    .sort((left, right) => contributions[right.index]! - contributions[left.index]!);
  const crowdAt = byWeight.findIndex(({ name }) => name === "popularity");
  const personal = crowdAt < 0 ? byWeight : byWeight.slice(0, crowdAt);
  for (const { index } of personal) {
    const reason = namedReason(card, index);
    if (reason) return reason;
  }
  const kind = personal.find(
    ({ name, index }) => name !== "ownHistory" && contributions[index]! > 0,
  );
  if (kind === undefined) return crowd;
  // An input with a smaller part than the crowd's can still name a product, which is more specific.
  for (const { index } of byWeight.slice(personal.length)) {
    const reason = namedReason(card, index);
    if (reason) return reason;
  }
  return { input: kind.name };
}

/** The crowd's reason for a product, or `range` if it has none. */
export function crowdReason({ pack }: ShopperContext, row: number): Reason {
  return { input: pack.popularity[row]! > 0 ? "popularity" : "range" };
}

/** The reason that the shopper knows the product; undefined if they never interacted with it. */
export function ownReason(
  { history, catalog }: Pick<ShopperContext, "history" | "catalog">,
  row: number,
): Reason | undefined {
  const own = history.own.get(row);
  if (own === undefined || own.interactions.length === 0) return undefined;
  return { input: "ownHistory", because: catalog.products[row]!.id, acts: { ...own.acts } };
}

/** A reason for this input that names a product; if that is the card's own product, the shopper knows it. */
function namedReason(card: ReasonSources, index: number): Reason | undefined {
  const { context, row } = card;
  const from = strongestSource(card, index);
  if (from === undefined) return undefined;
  if (from === row) return ownReason(context, row);
  return { input: INPUT_NAMES[index]!, because: context.catalog.products[from]!.id };
}

/** The product behind an input whose removal lowers the card's log-odds the most; undefined if none does. */
function strongestSource(card: ReasonSources, index: number): number | undefined {
  const { row, inputs, parts, logOddsOf } = card;
  const isOwn = INPUT_NAMES[index] === "ownHistory";
  let strongest: number | undefined;
  let lowest = card.logOdds;
  for (const source of parts.sourcesOf(row, index)) {
    if (isOwn && source.row !== row) continue;
    const without = parts.inputsWithout(source, row);
    if (without[index]! >= inputs[index]!) continue;
    const left = logOddsOf(without);
    if (left < lowest) [strongest, lowest] = [source.row, left];
  }
  return strongest;
}
