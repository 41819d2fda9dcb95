import type { Product } from "../engine/catalog.ts";

/** Parts of a product's picture worth a look of their own. */
export type PictureView = "whole" | "close" | "detail";

/** Where they lie in the demo's pictures (see `productPictures.ts`), in units of 400 × 400. */
const BOXES: Record<Exclude<PictureView, "whole">, string> = {
  close: "76,60,248,248",
  detail: "258,256,116,116",
};

/**
 * The views of a product. The demo's pictures are drawings, so a view is a window on the same file,
 * which the browser has already; other shops' pictures have the whole only.
 */
export function pictureViews({ image }: Product): PictureView[] {
  if (image === undefined) return [];
  if (!isDemoPicture(image.src)) return ["whole"];
  return image.src.includes("+") ? ["whole", "close", "detail"] : ["whole", "close"];
}

export function pictureSrc(src: string, view: PictureView): string {
  return view === "whole" || !isDemoPicture(src) ? src : `${src}#svgView(viewBox(${BOXES[view]}))`;
}

function isDemoPicture(src: string): boolean {
  return /^\/pictures\/[^#?]+\.svg$/.test(src);
}
