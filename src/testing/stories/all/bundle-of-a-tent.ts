import { category, look, only, type Story } from "../story.ts";

export const bundleOfATent: Story = {
  title: "A tent is bought with what one sleeps on, not with a second tent or cat food",
  days: [
    {
      day: 0,
      acts: [look("ridge-2-trekking-tent")],
      shelves: [
        {
          request: { strategy: "bought-together", productId: "ridge-2-trekking-tent" },
          first: 3,
          atLeast: [
            [1, only("air-mat-r4", "folding-foam-mat", "down-bag-minus-5", "quilted-summer-bag")],
          ],
          atMost: [[0, category("Tents", "Pets")]],
        },
      ],
    },
  ],
};
