import type { Catalog } from "../../engine/shop/catalog.ts";
import type { ItemPack } from "../../engine/shop/itemPack.ts";

export interface ProductNeighbor {
  id: string;
  title: string;
  /** 0 to 1. */
  similarity: number;
}

/** The neighbors a pack holds of a product, strongest first. */
export function productNeighbors(pack: ItemPack, catalog: Catalog, row: number) {
  const start = pack.starts[row]!;
  const links = pack.neighbors.subarray(start, pack.starts[row + 1]!);
  return Array.from(links, (other, index): ProductNeighbor => {
    const { id, title } = catalog.products[other]!;
    return { id, title, similarity: (pack.strengths[start + index]! / 255) ** 2 };
  });
}

export function neighborsText(
  { id, title }: { id: string; title: string },
  neighbors: readonly ProductNeighbor[],
): string {
  const lines = neighbors.map(
    (other) => `  ${other.similarity.toFixed(3)}  ${other.title} (${other.id})`,
  );
  if (lines.length === 0) lines.push("  none: too few shoppers viewed any other product");
  return `Shoppers of ${title} (${id}) also viewed\n${lines.join("\n")}\n`;
}
