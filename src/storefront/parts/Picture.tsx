import type { Product } from "../../engine/catalog.ts";

interface PictureProps {
  product: Product;
  /** Empty where the title stands beside it anyway. */
  alt?: string;
  /** Above the fold: to be loaded first. */
  isFirst?: boolean;
}

/** Square, with its room reserved before it is there. */
export function Picture({ product, alt = product.image?.alt, isFirst = false }: PictureProps) {
  if (product.image === undefined) return null;
  return (
    <img
      src={product.image.src}
      alt={alt ?? product.title}
      width={400}
      height={400}
      loading={isFirst ? "eager" : "lazy"}
      fetchPriority={isFirst ? "high" : "auto"}
      decoding="async"
    />
  );
}
