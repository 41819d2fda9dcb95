/** FNV-1a (Fowler, Noll and Vo), 32 bits: to notice damage and mix-ups, not to keep secrets. */
const OFFSET = 0x811c9dc5;
const PRIME = 0x01000193;

/** `from` carries on a hash begun with other words. */
export function hashWords(words: Iterable<number>, from = OFFSET): number {
  let hash = from;
  for (const word of words) hash = Math.imul(hash ^ word, PRIME);
  return hash >>> 0;
}

/** Hashes the texts in order, each closed by a line feed. `from` carries on a hash begun with others. */
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
