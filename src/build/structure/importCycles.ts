/** The imports of each file, by its path. */
export type ImportGraph = ReadonlyMap<string, readonly string[]>;

/**
 * The groups of files that import each other, directly or through others (Tarjan, 1972, Depth-first search
 * and linear graph algorithms). Each is sorted; a group of one is a file that imports itself.
 */
export function importCycles(graph: ImportGraph): string[][] {
  const visits = new Map<string, { order: number; lowest: number; isOpen: boolean }>();
  const open: string[] = [];
  const cycles: string[][] = [];

  function visit(path: string): number {
    const own = { order: visits.size, lowest: visits.size, isOpen: true };
    visits.set(path, own);
    open.push(path);
    for (const next of graph.get(path) ?? []) {
      const known = visits.get(next);
      if (known === undefined) own.lowest = Math.min(own.lowest, visit(next));
      else if (known.isOpen) own.lowest = Math.min(own.lowest, known.order);
    }
    if (own.lowest === own.order) close(path);
    return own.lowest;
  }

  function close(path: string): void {
    const group = open.splice(open.indexOf(path));
    for (const member of group) visits.get(member)!.isOpen = false;
    if (group.length > 1 || graph.get(path)?.includes(path)) cycles.push(group.sort());
  }

  for (const path of graph.keys()) if (!visits.has(path)) visit(path);
  return cycles;
}
