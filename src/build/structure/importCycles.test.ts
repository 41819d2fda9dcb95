import fc from "fast-check";
import { expect, it } from "vitest";
import { type ImportGraph, importCycles } from "./importCycles.ts";

function graphOf(imports: Record<string, string[]>): ImportGraph {
  return new Map(Object.entries(imports));
}

it("finds no cycle in a tree, a diamond or among unknown files", () => {
  expect(importCycles(graphOf({ a: ["b", "c"], b: ["d"], c: ["d"], d: ["elsewhere"] }))).toEqual(
    [],
  );
});

it("finds each group of files that import each other", () => {
  const graph = graphOf({
    a: ["b"],
    b: ["c"],
    c: ["a", "d"],
    d: ["e"],
    e: ["d"],
    f: ["a"],
    g: ["g"],
  });
  expect(importCycles(graph)).toEqual([["d", "e"], ["a", "b", "c"], ["g"]]);
});

it("two files are in one group exactly if each can be reached from the other", () => {
  const edges = fc.array(fc.tuple(fc.nat(7), fc.nat(7)), { maxLength: 20 });
  fc.assert(
    fc.property(edges, (pairs) => {
      const names = Array.from({ length: 8 }, (_, file) => `${file}`);
      const reached = names.map((_, file) => reachedFrom(file, pairs));
      const graph = new Map(
        names.map((name, file) => [
          name,
          pairs.filter(([from]) => from === file).map(([, to]) => `${to}`),
        ]),
      );
      const groups = importCycles(graph);
      const group = (file: number) => groups.findIndex((members) => members.includes(`${file}`));
      for (let one = 0; one < 8; one++) {
        for (let other = 0; other < 8; other++) {
          const areMutual = reached[one]!.has(other) && reached[other]!.has(one);
          expect(group(one) >= 0 && group(one) === group(other)).toBe(areMutual);
        }
      }
    }),
    { seed: 11 },
  );
});

/** The files that can be reached through one or more imports. */
function reachedFrom(file: number, pairs: readonly (readonly [number, number])[]): Set<number> {
  const reached = new Set(pairs.filter(([from]) => from === file).map(([, to]) => to));
  for (const next of reached) for (const [from, to] of pairs) if (from === next) reached.add(to);
  return reached;
}
