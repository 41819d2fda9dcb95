import { bundleStory, category, only } from "../story.ts";

export const bundleOfAPen = bundleStory("Ink is bought with the fountain pen", {
  productId: "fountain-pen-steel-nib",
  wanted: only("bottled-ink-petrol-50-ml"),
  unwanted: category("Novels", "Pets"),
});
