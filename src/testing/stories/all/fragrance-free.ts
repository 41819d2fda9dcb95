import { looks, type Story, tagged } from "../story.ts";

export const fragranceFree: Story = {
  title: "Who looks for what is free of fragrance gets more of it",
  days: [
    {
      day: 0,
      acts: looks(
        "water-wipes-9-x-60",
        "day-cream-squalane-50-ml",
        "gentle-foam-cleanser-150-ml",
        "nappy-balm-zinc-100-ml",
      ),
      shelves: [{ atLeast: [[3, tagged("fragrance-free")]] }],
    },
  ],
};
