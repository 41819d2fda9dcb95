import { both, buyAgain, category, looks, reduced, type Story } from "../story.ts";

export const buysReducedGoods: Story = {
  title: "Who buys reduced goods gets reduced goods",
  open: "the discount is no part of the taste",
  days: [
    {
      day: 0,
      acts: [
        ...looks("scree-light-trail-shoe", "thermal-run-tights", "daybreak-22-rucksack"),
        buyAgain(1, "scree-light-trail-shoe"),
      ],
    },
    {
      day: 9,
      acts: [...looks("air-mat-r4", "thermal-run-tights"), buyAgain(2, "thermal-run-tights")],
    },
    {
      day: 20,
      acts: [
        ...looks("daybreak-22-rucksack", "strider-max-cushion-shoe"),
        buyAgain(3, "daybreak-22-rucksack"),
      ],
      shelves: [
        { atLeast: [[3, both(reduced, category("Running & Fitness", "Outdoor & Camping"))]] },
      ],
    },
  ],
};
