import { useState } from "react";
import type { Product } from "vitrine";
import { type PictureView, pictureSrc } from "../shop/pictureViews.ts";

interface PictureProps {
  product: Product;
  /** Empty where the title is next to it. */
  alt?: string;
  view?: PictureView;
  /** Whether it is above the fold, and is loaded first. */
  isFirst?: boolean;
}

/** Square, with its space reserved before it is loaded. */
export function Picture(props: PictureProps) {
  const { product, alt = product.image?.alt, view = "whole", isFirst = false } = props;
  const [missing, setMissing] = useState<PictureView>();
  if (product.image === undefined) return null;
  // Offline, only the full pictures are cached.
  const shown = view === missing ? "whole" : view;
  return (
    <img
      src={pictureSrc(product.image.src, shown)}
      alt={alt ?? product.title}
      width={400}
      height={400}
      loading={isFirst ? "eager" : "lazy"}
      fetchPriority={isFirst ? "high" : "auto"}
      decoding="async"
      onError={() => setMissing(view)}
    />
  );
}
