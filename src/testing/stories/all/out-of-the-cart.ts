import { cart, category, look, looks, type Story, uncart } from "../story.ts";

export const outOfTheCart: Story = {
  title: "What was taken out of the cart no longer leads the shelf",
  days: [
    {
      day: 0,
      acts: [
        ...looks("monstera-60-cm", "orchid-white-two-stem"),
        look("city-pram-fold"),
        cart("city-pram-fold"),
        uncart("city-pram-fold"),
        ...looks("cactus-collection-5", "snake-plant-40-cm"),
      ],
      shelves: [
        {
          first: 4,
          atLeast: [[3, category("Garden & Plants")]],
          atMost: [[0, category("Baby & Toddler")]],
        },
      ],
    },
  ],
};
