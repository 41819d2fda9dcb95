import { category, looks, type Story } from "../story.ts";

export const fourTastes: Story = {
  title: "Four tastes, looked at in turn, are all on the shelf",
  open: "a shelf does not balance tastes",
  days: [
    {
      day: 0,
      acts: looks(
        "cat-tree-loft-150",
        "bud-air-earphones",
        "yirga-filter-roast-250-g",
        "guilds-of-halvern",
        "feather-wand",
        "aural-one-headphones",
        "pour-over-dripper-set",
        "orbital-freight",
      ),
      shelves: [
        {
          atLeast: [
            [1, category("Pets")],
            [1, category("Gadgets & Audio")],
            [1, category("Coffee & Tea")],
            [1, category("Toys & Games")],
          ],
          atMost: [[4, category("Toys & Games")]],
        },
      ],
    },
  ],
};
