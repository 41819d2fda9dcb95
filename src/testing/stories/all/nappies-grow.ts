import { buyAgain, category, only, type Story } from "../story.ts";

const SIZES = ["soft-nappies-size-2-76-pcs", "soft-nappies-size-3-68-pcs"] as const;

export const nappiesGrow: Story = {
  title: "Nappies are bought again in the size that was bought last",
  days: [
    { day: 0, acts: [buyAgain(1, SIZES[0])] },
    { day: 14, acts: [buyAgain(2, SIZES[0])] },
    { day: 28, acts: [buyAgain(3, SIZES[1])] },
    {
      day: 42,
      acts: [buyAgain(4, SIZES[1])],
    },
    {
      day: 55,
      shelves: [
        { request: { strategy: "buy-again" }, first: 3, atLeast: [[1, only(SIZES[1])]] },
        { atLeast: [[2, category("Baby & Toddler")]] },
      ],
    },
  ],
};
