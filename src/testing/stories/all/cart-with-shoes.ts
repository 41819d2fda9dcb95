import { cart, category, look, type Story } from "../story.ts";

const SHOE = "tempo-5-road-shoe";

export const cartWithShoes: Story = {
  title: "Shoes in the cart are completed by clothing and gear, not by more shoes",
  days: [
    {
      day: 0,
      acts: [look(SHOE), cart(SHOE)],
      shelves: [
        {
          request: { strategy: "bought-together", productId: SHOE },
          first: 4,
          atLeast: [[2, category("Clothing", "Training gear", "Watches and lights")]],
          atMost: [[0, category("Shoes")]],
        },
      ],
    },
  ],
};
