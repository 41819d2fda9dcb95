import { decayed, type ShopperHistory } from "../events/history.ts";
import { FieldError, integer, number } from "../kit/fields.ts";
import { hashTexts } from "../kit/hash.ts";
import type { Catalog } from "../shop/catalog.ts";

/**
 * A taste card: a shopper's favorite departments, blurred so that nobody can be sure of any of them. It
 * is made when the shopper asks for it, shown byte by byte, and sent nowhere.
 *
 * The mechanism is randomized response (Warner, 1965) on each department's bit, as in RAPPOR's one-time
 * form (Erlingsson et al., 2014). Two shoppers' sets of at most k favorites differ in at most 2k bits;
 * keeping each bit with probability e^(ε/2k) / (1 + e^(ε/2k)) makes any card at most e^ε times as likely
 * from one shopper as from another: ε-local differential privacy. Each further card costs its own ε.
 *
 * Bytes: version (1), k, ε in hundredths (2, little-endian), hash of the department names (4,
 * little-endian; it identifies the shop, not the shopper), one bit for each department in order, lowest
 * first.
 */
export interface TasteCard {
  bytes: Uint8Array<ArrayBuffer>;
  /** The departments whose bit is set, by preference or by chance. */
  departments: string[];
  epsilon: number;
  /** Probability that a department's bit is true. */
  keepProbability: number;
}

export interface TasteCardOptions {
  /** 0.1 to 10; smaller values add more noise. */
  epsilon: number;
  /** The most favorites, 1 to 10. */
  favorites: number;
  /** Uniform in [0, 1); cryptographic randomness, because the noise is the only protection. */
  random: () => number;
}

const VERSION = 1;
const HEADER_BYTES = 8;

/** The card of a history: a department's liking is the affinity of its products. */
export function tasteCardOf(
  history: ShopperHistory,
  { products }: Catalog,
  { at, ...options }: Omit<TasteCardOptions, "random"> & { at: number },
): TasteCard {
  const departments = [...new Set(products.flatMap(({ categoryPath }) => categoryPath[0] ?? []))];
  const liking = departments.map(() => 0);
  for (const [row, own] of history.own) {
    const index = departments.indexOf(products[row]!.categoryPath[0] ?? "");
    if (index >= 0) liking[index]! += decayed(own, at);
  }
  return makeTasteCard(departments, liking, { ...options, random: secureRandom });
}

/** 32 random bits, as a fraction. */
function secureRandom(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0]! / 2 ** 32;
}

/** @param liking how much the shopper likes each department, in the shop's order; 0: not at all. */
export function makeTasteCard(
  departments: readonly string[],
  liking: readonly number[],
  { epsilon, favorites, random }: TasteCardOptions,
): TasteCard {
  const hundredths = Math.round(100 * number(epsilon, "epsilon", { min: 0.1, max: 10 }));
  const k = integer(favorites, "favorites", { min: 1, max: 10 });
  if (departments.length === 0) throw new FieldError("departments", departments, "at least one");
  const keepProbability = keepProbabilityOf(hundredths / 100, k);
  const truth = favoritesOf(liking, k);
  const bits = departments.map((_, index) => {
    const isTrue = truth.has(index);
    return random() < keepProbability ? isTrue : !isTrue;
  });
  const bytes = new Uint8Array(HEADER_BYTES + Math.ceil(departments.length / 8));
  bytes.set([VERSION, k]);
  const view = new DataView(bytes.buffer);
  view.setUint16(2, hundredths, true);
  view.setUint32(4, hashTexts(departments), true);
  bits.forEach((bit, index) => {
    if (bit) bytes[HEADER_BYTES + (index >> 3)]! |= 1 << (index & 7);
  });
  return {
    bytes,
    departments: departments.filter((_, index) => bits[index]),
    epsilon: hundredths / 100,
    keepProbability,
  };
}

/** e^(ε/2k) / (1 + e^(ε/2k)) */
export function keepProbabilityOf(epsilon: number, favorites: number): number {
  return 1 / (1 + Math.exp(-epsilon / (2 * favorites)));
}

/** Indexes of the k most liked, without any that are not liked at all. Ties go to the earlier one. */
function favoritesOf(liking: readonly number[], k: number): Set<number> {
  const liked = liking.map((value, index) => ({ value, index })).filter(({ value }) => value > 0);
  liked.sort((left, right) => right.value - left.value || left.index - right.index);
  return new Set(liked.slice(0, k).map(({ index }) => index));
}
