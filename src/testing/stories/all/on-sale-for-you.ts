import { both, category, looks, reduced, type Story } from "../story.ts";

const inGarden = category("Garden & Plants", "Home Office");

export const onSaleForYou: Story = {
  title: "“On sale for you” is reduced, and led by the departments that were looked at",
  days: [
    {
      day: 0,
      acts: looks(
        "tomato-seeds-heirloom-mix",
        "watering-can-9-l",
        "terracotta-pot-30-cm",
        "mesh-task-chair",
        "clamp-desk-lamp",
      ),
      shelves: [
        {
          request: { strategy: "on-sale" },
          first: 5,
          atLeast: [
            [5, reduced],
            [4, both(reduced, inGarden)],
          ],
        },
      ],
    },
  ],
};
