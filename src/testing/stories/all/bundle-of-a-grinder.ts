import { bundleStory, category, only } from "../story.ts";

export const bundleOfAGrinder = bundleStory("Beans are bought with the grinder", {
  productId: "electric-burr-grinder",
  wanted: only(
    "mezzo-espresso-blend-1-kg",
    "nero-forte-espresso-500-g",
    "decaf-espresso-250-g",
    "yirga-filter-roast-250-g",
    "huila-filter-roast-250-g",
    "house-filter-blend-1-kg",
  ),
  unwanted: category("Pets"),
});
