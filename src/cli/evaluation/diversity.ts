import { CATEGORY_LEVELS, type Catalog } from "../../engine/shop/catalog.ts";

/**
 * Intra-list diversity (Ziegler et al., 2005): mean over pairs of cards of 1 − the Jaccard index of what
 * they are, which is their category at each level and their brand. Two products of which nothing is
 * known have nothing in common. In [0, 1]; 0 for fewer than two cards.
 */
export function diversityOf(rows: readonly number[], catalog: Catalog): number {
  const facets = rows.map((row) => facetsOf(row, catalog));
  let distance = 0;
  facets.forEach((one, index) => {
    for (const other of facets.slice(index + 1)) distance += 1 - jaccard(one, other);
  });
  const pairs = (rows.length * (rows.length - 1)) / 2;
  return pairs === 0 ? 0 : distance / pairs;
}

/** Ids of categories, and of the brand below zero. */
function facetsOf(row: number, { categories, brands }: Catalog): number[] {
  const levels = categories.subarray(row * CATEGORY_LEVELS, (row + 1) * CATEGORY_LEVELS);
  const facets = [...levels].filter((category) => category >= 0);
  if (brands[row]! >= 0) facets.push(-1 - brands[row]!);
  return facets;
}

function jaccard(one: readonly number[], other: readonly number[]): number {
  const shared = one.filter((facet) => other.includes(facet)).length;
  const all = one.length + other.length - shared;
  return all === 0 ? 0 : shared / all;
}
