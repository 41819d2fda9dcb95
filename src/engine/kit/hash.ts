/** FNV-1a (Fowler, Noll and Vo), 32 bits: detects damage and mix-ups, but is not a secure hash. */
const OFFSET = 0x811c9dc5;
const PRIME = 0x01000193;

/** `from` continues a hash of earlier words. */
export function hashWords(words: Iterable<number>, from = OFFSET): number {
  let hash = from;
  for (const word of words) hash = Math.imul(hash ^ word, PRIME);
  return hash >>> 0;
}

/** Hashes the texts in order, each followed by a line feed. `from` continues a hash of earlier texts. */
export function hashTexts(texts: Iterable<string>, from = OFFSET): number {
  let hash = from;
  for (const text of texts) {
    for (let index = 0; index < text.length; index++) {
      hash = Math.imul(hash ^ text.charCodeAt(index), PRIME);
    }
    hash = Math.imul(hash ^ 10, PRIME);
  }
  return hash >>> 0;
}
