import { category, looks, type Story } from "../story.ts";

export const changedTheirMind: Story = {
  title: "A visit with another wish is followed at once",
  days: [
    {
      day: 0,
      acts: looks(
        "tulip-bulbs-late-pink-30",
        "watering-can-9-l",
        "secateurs-20-cm",
        "sunflower-giants",
      ),
    },
    { day: 3, acts: looks("tomato-feed-organic-1-l", "terracotta-pot-30-cm") },
    {
      day: 9,
      acts: looks("sonic-toothbrush", "night-cream-bakuchiol-50-ml", "hair-oil-argan-50-ml"),
      shelves: [{ atLeast: [[4, category("Beauty & Care")]] }],
    },
  ],
};
