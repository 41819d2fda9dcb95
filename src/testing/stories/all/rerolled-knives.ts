import { category, looks, type Story } from "../story.ts";

const KITCHEN = category("Kitchen & Cooking");
const again = (reroll: number) => ({ request: { reroll }, atLeast: [[4, KITCHEN]] }) as const;

export const rerolledKnives: Story = {
  title: "After three knives every new selection is still of the kitchen",
  days: [
    {
      day: 0,
      acts: looks("chefs-knife-20-cm", "santoku-17-cm", "bread-knife-24-cm"),
      shelves: [again(0), again(1), again(2), again(3)],
    },
  ],
};
