import { buy, category, looks, only, type Story } from "../story.ts";

const never = { atMost: [[0, only("linea-uno-espresso-machine")]] } as const;

export const boughtAnEspressoMachine: Story = {
  title: "A machine that lasts for years is not offered again for months; its coffee is",
  days: [
    {
      day: 0,
      acts: [
        ...looks("linea-uno-espresso-machine", "linea-duo-espresso-machine"),
        buy("linea-uno-espresso-machine"),
      ],
      shelves: [never],
    },
    {
      day: 2,
      shelves: [{ ...never, atLeast: [[1, category("Coffee beans", "Grinders and tools")]] }],
    },
    { day: 30, shelves: [never] },
    { day: 74, shelves: [never] },
  ],
};
