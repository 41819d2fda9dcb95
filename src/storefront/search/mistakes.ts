/** Shorter words are too similar to be corrected; numbers have no spelling. */
const SPELLED = /^\p{L}{4,}$/u;
/** A quarter of a word may be wrong. */
const SHARE = 0.25;

/** The distance of what was typed from a word; infinite if the word cannot have been meant. */
export function mistakesIn(typed: string, word: string): number {
  if (!SPELLED.test(typed)) return Number.POSITIVE_INFINITY;
  const mistakes =
    soundOf(typed) === soundOf(word)
      ? 1
      : editsBetween(typed, word) + (startAlike(typed, word) ? 0 : 1);
  return mistakes <= Math.round(typed.length * SHARE) ? mistakes : Number.POSITIVE_INFINITY;
}

const SOUNDS: [RegExp, string][] = [
  [/ph/g, "f"],
  [/ck|[cq]/g, "k"],
  [/z/g, "s"],
  [/ie|ee|y/g, "i"],
  [/(.)\1+/gu, "$1"],
];

/** "kofee" and "coffee" sound the same, as do "nappys" and "nappies". */
function soundOf(word: string): string {
  return SOUNDS.reduce((sound, [letters, sign]) => sound.replace(letters, sign), word);
}

/** People rarely get the first letter of a word wrong. */
function startAlike(typed: string, word: string): boolean {
  const isSwapped = typed[0] === word[1] && typed[1] === word[0];
  return isSwapped || soundOf(typed)[0] === soundOf(word)[0];
}

/** Letters omitted, inserted, replaced or swapped with the next ("optimal string alignment"). */
function editsBetween(typed: string, word: string): number {
  const rows = [Array.from({ length: word.length + 1 }, (_, at) => at)];
  for (let i = 1; i <= typed.length; i++) {
    const above = rows[i - 1]!;
    const row = [i];
    for (let j = 1; j <= word.length; j++) {
      const isSame = typed[i - 1] === word[j - 1];
      const isSwap = i > 1 && j > 1 && typed[i - 1] === word[j - 2] && typed[i - 2] === word[j - 1];
      row[j] = Math.min(
        above[j]! + 1,
        row[j - 1]! + 1,
        above[j - 1]! + (isSame ? 0 : 1),
        isSwap ? rows[i - 2]![j - 2]! + 1 : Number.POSITIVE_INFINITY,
      );
    }
    rows.push(row);
  }
  return rows[typed.length]![word.length]!;
}
