/**
 * Which shared names (a GTIN, a maker's number, a group) belong to one product alone. A feed that gives
 * two products the same one says nothing by it.
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
