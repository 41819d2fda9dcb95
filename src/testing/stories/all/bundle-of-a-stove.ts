import { category, look, only, type Story } from "../story.ts";

export const bundleOfAStove: Story = {
  title: "Gas is bought with the stove",
  days: [
    {
      day: 0,
      acts: [look("ember-gas-stove")],
      shelves: [
        {
          request: { strategy: "bought-together", productId: "ember-gas-stove" },
          first: 3,
          atLeast: [[1, only("gas-cartridge-230-g")]],
          atMost: [[0, category("Tents", "Pets")]],
        },
      ],
    },
  ],
};
