import { foldWord } from "./foldWord.ts";

/** English words that say how others belong together, not what is wanted. */
const LITTLE_WORDS = new Set(
  "a an and at by for from in into is my of on or our some that the this to with your".split(" "),
);

export function wordsIn(text: string): string[] {
  const words = text.match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.flatMap((word) => (isHan(word) ? segmented(word) : word));
}

/** Of a Chinese word of more than one. */
export function charactersOf(word: string): string[] {
  return isHan(word) && word.length > 1 ? [...word] : [];
}

function isHan(word: string): boolean {
  return /\p{Script=Han}/u.test(word);
}

/** What is asked for, folded; a query of only little words asks for these. */
export function wordsAskedFor(query: string): string[] {
  const words = [...new Set(wordsIn(query).map(foldWord))];
  const distinctive = words.filter((word) => !LITTLE_WORDS.has(word));
  return distinctive.length > 0 ? distinctive : words;
}

const segmenter = new Intl.Segmenter("zh", { granularity: "word" });
const segments = new Map<string, string[]>();

/** Chinese has no spaces; the browser knows its words, but takes its time. */
function segmented(text: string): string[] {
  const known = segments.get(text);
  if (known !== undefined) return known;
  const words = Array.from(segmenter.segment(text), ({ segment }) => segment);
  segments.set(text, words);
  return words;
}
