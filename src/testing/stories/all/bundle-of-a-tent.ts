import { bundleStory, category, only } from "../story.ts";

export const bundleOfATent = bundleStory(
  "A tent is bought with what one sleeps on, not with a second tent or cat food",
  {
    productId: "ridge-2-trekking-tent",
    wanted: only("air-mat-r4", "folding-foam-mat", "down-bag-minus-5", "quilted-summer-bag"),
    unwanted: category("Tents", "Pets"),
  },
);
