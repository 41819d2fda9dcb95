import { foldWord } from "./foldWord.ts";

/** English words that connect others and do not name anything to search for. */
const LITTLE_WORDS = new Set(
  "a an and at by for from in into is my of on or our some that the this to with your".split(" "),
);

export function wordsIn(text: string): string[] {
  const words = text.match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.flatMap((word) => (isHan(word) ? segmented(word) : word));
}

/** The characters of a Chinese word of more than one. */
export function charactersOf(word: string): string[] {
  return isHan(word) && word.length > 1 ? [...word] : [];
}

function isHan(word: string): boolean {
  return /\p{Script=Han}/u.test(word);
}

/** The words to search for, folded; connecting words count only if there are no others. */
export function wordsAskedFor(query: string): string[] {
  const words = [...new Set(wordsIn(query).map(foldWord))];
  const distinctive = words.filter((word) => !LITTLE_WORDS.has(word));
  return distinctive.length > 0 ? distinctive : words;
}

const segmenter = new Intl.Segmenter("zh", { granularity: "word" });
const segments = new Map<string, string[]>();

/** Chinese has no spaces; the browser can split it into words, but slowly. */
function segmented(text: string): string[] {
  const known = segments.get(text);
  if (known !== undefined) return known;
  const words = Array.from(segmenter.segment(text), ({ segment }) => segment);
  segments.set(text, words);
  return words;
}
