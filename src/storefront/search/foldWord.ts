/** Removes case and accents: a search for "cafe" also finds "Café". */
export function foldWord(word: string): string {
  return word.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}
