import type { Acts } from "../events/history.ts";
import { INPUT_NAMES, type InputName } from "../network/network.ts";
import type { Parts } from "./parts.ts";
import type { ShopperContext } from "./shopperContext.ts";

/** What speaks most for a card, and the product in the shopper's past that it rests on. */
export interface Reason {
  /** `range`: nothing but that the shop has it. */
  input: InputName | "range";
  /**
   * The product without which the card's log-odds would be lower, and lower than without any other
   * that feeds the input. Absent for `popularity` and `range`, and where no single product makes that
   * difference: the card then owes its place to several of a kind.
   */
  because?: string;
  /** For `ownHistory`: what the shopper did with this very product, and how often. */
  acts?: Acts;
  /** The shop gave the card its place; the rest says how it suits the shopper. */
  pinned?: true;
}

/** A card as far as its reason follows from it. */
export interface ReasonSources {
  context: ShopperContext;
  row: number;
  inputs: Float32Array;
  /** What each input adds to the log-odds. */
  contributions: readonly number[];
  parts: Parts;
  logOdds: number;
  /** The log-odds that the card would have with other inputs. */
  logOddsOf(inputs: Float32Array): number;
}

/**
 * The input that adds most to the log-odds and rests on something that can be named. An input that
 * rests on several products, none of which is missed alone, is named without a product.
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
  // What is below the crowd's part can still name a product, which says more than a kind.
  for (const { index } of byWeight.slice(personal.length)) {
    const reason = namedReason(card, index);
    if (reason) return reason;
  }
  return { input: kind.name };
}

/** What the crowd has to say of a product, or that it says nothing. */
export function crowdReason({ pack }: ShopperContext, row: number): Reason {
  return { input: pack.popularity[row]! > 0 ? "popularity" : "range" };
}

/** That the shopper knows the product; undefined where they did nothing with it. */
export function ownReason(
  { history, catalog }: Pick<ShopperContext, "history" | "catalog">,
  row: number,
): Reason | undefined {
  const own = history.own.get(row);
  if (own === undefined || own.interactions.length === 0) return undefined;
  return { input: "ownHistory", because: catalog.products[row]!.id, acts: { ...own.acts } };
}

/** A reason of this input that names a product; a product that is like itself is one that they know. */
function namedReason(card: ReasonSources, index: number): Reason | undefined {
  const { context, row } = card;
  const from = mostMissed(card, index);
  if (from === undefined) return undefined;
  if (from === row) return ownReason(context, row);
  return { input: INPUT_NAMES[index]!, because: context.catalog.products[from]!.id };
}

/** Of the products that feed an input the one without which the card's log-odds are lowest, and lower. */
function mostMissed(card: ReasonSources, index: number): number | undefined {
  const { row, inputs, parts, logOddsOf } = card;
  const isOwn = INPUT_NAMES[index] === "ownHistory";
  let most: number | undefined;
  let least = card.logOdds;
  for (const source of parts.sourcesOf(row, index)) {
    if (isOwn && source.row !== row) continue;
    if (parts.inputWithout(source, row, index) >= inputs[index]!) continue;
    const left = logOddsOf(parts.inputsWithout(source, row));
    if (left < least) [most, least] = [source.row, left];
  }
  return most;
}
