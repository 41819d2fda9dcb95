/**
 * What the reader does with lists, in loops: old libraries (Prototype.js, MooTools) replace `Array.from` and
 * methods of `Array.prototype` by others of the same name.
 */

export function map<From, To>(list: ArrayLike<From>, make: (one: From) => To): To[] {
  const made: To[] = [];
  for (let at = 0; at < list.length; at++) made[at] = make(list[at]!);
  return made;
}

export function flatMap<From, To>(list: ArrayLike<From>, make: (one: From) => readonly To[]): To[] {
  const made: To[] = [];
  for (let at = 0; at < list.length; at++) {
    const parts = make(list[at]!);
    for (let part = 0; part < parts.length; part++) made[made.length] = parts[part]!;
  }
  return made;
}

export function filter<One>(list: ArrayLike<One>, isWanted: (one: One) => boolean): One[] {
  return flatMap(list, (one) => (isWanted(one) ? [one] : []));
}

export function find<One>(list: ArrayLike<One>, isWanted: (one: One) => boolean): One | undefined {
  for (let at = 0; at < list.length; at++) if (isWanted(list[at]!)) return list[at];
  return undefined;
}

/** The texts, each once, in order; what is undefined is none. */
export function distinct(list: ArrayLike<string | undefined>): string[] {
  const seen = new Set<string>();
  return flatMap(list, (one) => {
    if (one === undefined || seen.has(one)) return [];
    seen.add(one);
    return [one];
  });
}

/** One text of several, for comparison. */
export function keyOf(list: ArrayLike<unknown>): string {
  let key = "";
  for (let at = 0; at < list.length; at++) key += `${list[at]}\n`;
  return key;
}
