import { bundleStory, category, only } from "../story.ts";

export const bundleOfAStove = bundleStory("Gas is bought with the stove", {
  productId: "ember-gas-stove",
  wanted: only("gas-cartridge-230-g"),
  unwanted: category("Tents", "Pets"),
});
