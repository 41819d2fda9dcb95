import { category, look, only, type Story } from "../story.ts";

export const bundleOfAPen: Story = {
  title: "Ink is bought with the fountain pen",
  days: [
    {
      day: 0,
      acts: [look("fountain-pen-steel-nib")],
      shelves: [
        {
          request: { strategy: "bought-together", productId: "fountain-pen-steel-nib" },
          first: 3,
          atLeast: [[1, only("bottled-ink-petrol-50-ml")]],
          atMost: [[0, category("Novels", "Pets")]],
        },
      ],
    },
  ],
};
