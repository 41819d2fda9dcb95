import { category, looks, type Story } from "../story.ts";

export const becauseYouViewed: Story = {
  title: "“Because you viewed” stays with what was viewed",
  days: [
    {
      day: 0,
      acts: looks(
        "chefs-knife-20-cm",
        "santoku-17-cm",
        "carbon-steel-pan-28-cm",
        "end-grain-board-oak",
        "paring-knife-9-cm",
      ),
      shelves: [
        {
          request: { strategy: "because-you-viewed" },
          first: 5,
          atLeast: [[4, category("Kitchen & Cooking")]],
        },
      ],
    },
  ],
};
