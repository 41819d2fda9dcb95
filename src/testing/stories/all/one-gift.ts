import { buy, category, look, looks, type Story } from "../story.ts";

export const oneGift: Story = {
  title: "One pram for a friend does not take the shelf over",
  open: "a purchase cannot be said to be a gift",
  days: [
    {
      day: 0,
      acts: looks("hand-grinder-s38", "yirga-filter-roast-250-g", "pour-over-dripper-set"),
    },
    {
      day: 5,
      acts: looks("huila-filter-roast-250-g", "coffee-scale-with-timer", "french-press-1-l"),
    },
    {
      day: 10,
      acts: [look("city-pram-fold"), buy("city-pram-fold")],
      shelves: [
        { atLeast: [[4, category("Coffee & Tea")]], atMost: [[3, category("Baby & Toddler")]] },
      ],
    },
  ],
};
