/**
 * Which shared names (a GTIN, a manufacturer's number, a group) belong to only one product. A name that a
 * feed gives to two products identifies neither.
 */
export function ownNames<Entry extends { sharedNames?: readonly string[] }>(
  entries: readonly Entry[],
  ownerOf: (entry: Entry) => unknown,
): (name: string) => boolean {
  const owners = new Map<string, unknown>();
  const contested = new Set<string>();
  for (const entry of entries) {
    for (const name of entry.sharedNames ?? []) {
      if (owners.has(name) && owners.get(name) !== ownerOf(entry)) contested.add(name);
      owners.set(name, ownerOf(entry));
    }
  }
  return (name) => !contested.has(name);
}
