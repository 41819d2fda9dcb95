import { buyAgain, category, looks, type Story, type StoryDay } from "../story.ts";

const KITCHEN = [
  "chefs-knife-20-cm",
  "cocotte-5-5-l",
  "loaf-tin-1-kg",
  "proofing-basket-round",
  "whetstone-1000-6000",
];
const COFFEE = [
  "mezzo-espresso-blend-1-kg",
  "picco-moka-pot-6-cups",
  "electric-burr-grinder",
  "milk-jug-350-ml",
];

const weeks: StoryDay[] = Array.from({ length: 50 }, (_, week) => ({
  day: 7 * week,
  acts: [
    ...looks(KITCHEN[week % 5]!, COFFEE[week % 4]!, KITCHEN[(week + 2) % 5]!),
    ...(week % 5 === 0 ? [buyAgain(week, "mezzo-espresso-blend-1-kg")] : []),
  ],
}));

export const aYearOfShopping: Story = {
  title:
    "After 160 events in a year most cards are to taste, and half of them were not seen before",
  open: "a shelf fills with what was seen",
  days: [
    ...weeks,
    {
      day: 352,
      shelves: [
        {
          first: 12,
          atLeast: [[9, category("Kitchen & Cooking", "Coffee & Tea")]],
          atMost: [
            [6, { name: "seen before", has: ({ id }) => [...KITCHEN, ...COFFEE].includes(id) }],
          ],
        },
      ],
    },
  ],
};
