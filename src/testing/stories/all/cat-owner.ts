import { buy, category, looks, type Story } from "../story.ts";

export const catOwner: Story = {
  title: "A cat's owner sees nothing for dogs",
  open: "the demo's crowd has the department's taste, not a person's",
  days: [
    {
      day: 0,
      acts: [
        ...looks("cat-food-pouches-mixed-24", "feather-wand", "cat-tree-loft-150"),
        buy("cat-food-pouches-mixed-24"),
      ],
      shelves: [{ atLeast: [[3, category("Cats")]], atMost: [[0, category("Dogs")]] }],
    },
    {
      day: 3,
      acts: looks("scratch-board-wave"),
      shelves: [{ atLeast: [[3, category("Cats")]], atMost: [[0, category("Dogs")]] }],
    },
  ],
};
