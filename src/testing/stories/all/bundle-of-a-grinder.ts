import { category, look, only, type Story } from "../story.ts";

export const bundleOfAGrinder: Story = {
  title: "Beans are bought with the grinder",
  days: [
    {
      day: 0,
      acts: [look("electric-burr-grinder")],
      shelves: [
        {
          request: { strategy: "bought-together", productId: "electric-burr-grinder" },
          first: 3,
          atLeast: [
            [
              1,
              only(
                "mezzo-espresso-blend-1-kg",
                "nero-forte-espresso-500-g",
                "decaf-espresso-250-g",
                "yirga-filter-roast-250-g",
                "huila-filter-roast-250-g",
                "house-filter-blend-1-kg",
              ),
            ],
          ],
          atMost: [[0, category("Pets")]],
        },
      ],
    },
  ],
};
