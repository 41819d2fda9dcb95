import { category, looks, type Story } from "../story.ts";

export const forEverybody: Story = {
  title: "At “for everybody” the shelf is not of one department",
  days: [
    {
      day: 0,
      acts: looks("dog-kibble-salmon-12-kg", "padded-dog-harness", "squeaky-hedgehog"),
      shelves: [{ request: { personalization: 0 }, atMost: [[4, category("Pets")]] }],
    },
  ],
};
