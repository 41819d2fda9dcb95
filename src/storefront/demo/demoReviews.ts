import type { Product } from "vitrine";
import { createRandom, hashTexts, type Random } from "../../inspect/index.ts";

/** A made-up review of a product of the demo shop. */
export interface Review {
  name: string;
  /** 1 to 5. */
  stars: number;
  text: string;
  /** Milliseconds since 1970. */
  at: number;
}

const NAMES = ["Ada", "Jonas", "Mei", "Noor", "Piotr", "Sara", "Tom", "Yuki", "Lena", "Rafael"];
const TEXTS: Record<"good" | "fair" | "poor", string[]> = {
  good: [
    "Better than I expected, and it has held up for months.",
    "Exactly as described. I would buy it again.",
    "A present that was used the same evening.",
    "Well made; you notice it every day.",
    "Compared it with a dearer one and kept this.",
  ],
  fair: [
    "Fine for the price, with small weaknesses.",
    "Does its work, but the packaging could be less.",
    "Good, though not quite like the picture.",
  ],
  poor: [
    "I had hoped for more and sent it back.",
    "Worn after a few weeks. Others may be luckier.",
  ],
};
const MAX = 4;
const NEWEST = Date.UTC(2026, 10, 15);
const SPREAD_MS = 300 * 86_400_000;

/** Made-up reviews around the product's mean rating, newest first; the same at every call. */
export function demoReviews({ id, rating }: Product): Review[] {
  if (rating === undefined) return [];
  const random = createRandom(hashTexts([id]));
  const names = shuffled(NAMES, random);
  const texts = { ...TEXTS, good: shuffled(TEXTS.good, random) };
  const count = Math.min(MAX, rating.count);
  const reviews = Array.from({ length: count }, (_, index) => {
    const stars = Math.min(5, Math.max(1, Math.round(rating.value + random.next() * 1.6 - 0.8)));
    const choices = texts[stars >= 4 ? "good" : stars === 3 ? "fair" : "poor"];
    const at = NEWEST - Math.floor(random.next() * SPREAD_MS);
    return { name: names[index]!, stars, text: choices[index % choices.length]!, at };
  });
  return reviews.sort((left, right) => right.at - left.at);
}

/** Fisher and Yates. */
function shuffled<Value>(values: readonly Value[], random: Random): Value[] {
  const shuffled = [...values];
  for (let last = shuffled.length - 1; last > 0; last--) {
    const other = random.integer(last + 1);
    [shuffled[last], shuffled[other]] = [shuffled[other]!, shuffled[last]!];
  }
  return shuffled;
}
