import { category, look, only, type Story } from "../story.ts";

export const bundleOfARazor: Story = {
  title: "Blades are bought with the razor",
  days: [
    {
      day: 0,
      acts: [look("safety-razor-brass")],
      shelves: [
        {
          request: { strategy: "bought-together", productId: "safety-razor-brass" },
          first: 3,
          atLeast: [[1, only("razor-blades-50")]],
          atMost: [[0, category("Hair devices", "Pets")]],
        },
      ],
    },
  ],
};
