import { category, look, only, type Story } from "../story.ts";

export const bundleOfACamera: Story = {
  title: "Film is bought with the instant camera",
  days: [
    {
      day: 0,
      acts: [look("instant-camera-pop")],
      shelves: [
        {
          request: { strategy: "bought-together", productId: "instant-camera-pop" },
          first: 3,
          atLeast: [[1, only("instant-film-twin-pack")]],
          atMost: [[0, category("Headphones", "Pets")]],
        },
      ],
    },
  ],
};
