import type { Product } from "vitrine";

/** The parts of a product's picture that can be shown enlarged. */
export type PictureView = "whole" | "close" | "detail";

/** The views of a product; pictures of other shops than the demo have only the full view. */
export function pictureViews({ image }: Product): PictureView[] {
  if (image === undefined) return [];
  if (!isDemoPicture(image.src)) return ["whole"];
  return image.src.includes("+") ? ["whole", "close", "detail"] : ["whole", "close"];
}

/** The file of a view (see `productPictures.ts`). */
export function pictureSrc(src: string, view: PictureView): string {
  return view === "whole" || !isDemoPicture(src) ? src : src.replace(/\.webp$/, `@${view}.webp`);
}

function isDemoPicture(src: string): boolean {
  return /^\/pictures\/[^#?]+\.webp$/.test(src);
}
