import { bundleStory, category, only } from "../story.ts";

export const bundleOfARazor = bundleStory("Blades are bought with the razor", {
  productId: "safety-razor-brass",
  wanted: only("razor-blades-50"),
  unwanted: category("Hair devices", "Pets"),
});
