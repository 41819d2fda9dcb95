import { foldWord } from "./foldWord.ts";

/** A text in which the beginnings of words that were searched for are highlighted. */
export function MarkedText({ text, words }: { text: string; words: readonly string[] }) {
  return partsOf(text, words).map(({ at, part, isMatch }) =>
    isMatch ? <mark key={at}>{part}</mark> : part,
  );
}

interface Part {
  at: number;
  part: string;
  isMatch: boolean;
}

/** `words` are folded. */
export function partsOf(text: string, words: readonly string[]): Part[] {
  const parts: Part[] = [];
  let at = 0;
  const add = (part: string, isMatch: boolean) => {
    if (part !== "") parts.push({ at, part, isMatch });
    at += part.length;
  };
  for (const piece of text.split(/([\p{L}\p{N}]+)/u)) {
    const length = matchedLength(piece, words);
    add(piece.slice(0, length), true);
    add(piece.slice(length), false);
  }
  return parts;
}

function matchedLength(piece: string, words: readonly string[]): number {
  const folded = foldWord(piece);
  return Math.max(
    0,
    ...words.filter((word) => folded.startsWith(word)).map(({ length }) => length),
  );
}
