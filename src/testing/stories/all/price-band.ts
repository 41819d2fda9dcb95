import { looks, pricedAbove, type Story } from "../story.ts";

export const priceBand: Story = {
  title: "A runner who looks below 100 gets nothing above 150 among the first",
  days: [
    {
      day: 0,
      acts: looks(
        "strider-basic-road-shoe",
        "basic-training-shirt",
        "strider-max-cushion-shoe",
        "split-run-shorts",
        "pulse-mini-fitness-band",
      ),
      shelves: [{ atMost: [[0, pricedAbove(15_000)]] }],
    },
  ],
};
