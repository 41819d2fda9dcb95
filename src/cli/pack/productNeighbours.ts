import type { Catalog } from "../../engine/shop/catalog.ts";
import type { ItemPack } from "../../engine/shop/itemPack.ts";

export interface ProductNeighbour {
  id: string;
  title: string;
  /** 0 to 1. */
  similarity: number;
}

/** The neighbours a pack holds of a product, strongest first. */
export function productNeighbours(pack: ItemPack, catalog: Catalog, row: number) {
  const start = pack.starts[row]!;
  const links = pack.neighbours.subarray(start, pack.starts[row + 1]!);
  return Array.from(links, (other, index): ProductNeighbour => {
    const { id, title } = catalog.products[other]!;
    return { id, title, similarity: (pack.strengths[start + index]! / 255) ** 2 };
  });
}

export function neighboursText(
  { id, title }: { id: string; title: string },
  neighbours: readonly ProductNeighbour[],
): string {
  const lines = neighbours.map(
    (other) => `  ${other.similarity.toFixed(3)}  ${other.title} (${other.id})`,
  );
  if (lines.length === 0) lines.push("  no product: too few shoppers went on to any one");
  return `Shoppers of ${title} (${id}) also went to\n${lines.join("\n")}\n`;
}
