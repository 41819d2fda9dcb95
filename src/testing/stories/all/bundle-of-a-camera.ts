import { bundleStory, category, only } from "../story.ts";

export const bundleOfACamera = bundleStory("Film is bought with the instant camera", {
  productId: "instant-camera-pop",
  wanted: only("instant-film-twin-pack"),
  unwanted: category("Headphones", "Pets"),
});
