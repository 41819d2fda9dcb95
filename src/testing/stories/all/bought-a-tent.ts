import { buy, category, looks, only, type Story } from "../story.ts";

const shelf = {
  atLeast: [[3, category("Sleeping", "Camp kitchen", "Packs and light")]],
  atMost: [[0, category("Tents")]],
} as const;

export const boughtATent: Story = {
  title: "After a tent come bags, mats, stove and lantern, and no second tent",
  open: "nothing yet tells instead-of from together-with",
  days: [
    {
      day: 0,
      acts: [...looks("ridge-1-solo-tent", "ridge-2-trekking-tent"), buy("ridge-2-trekking-tent")],
      shelves: [shelf],
    },
    { day: 1, shelves: [shelf] },
    { day: 7, shelves: [shelf] },
    { day: 30, shelves: [{ atMost: [[0, only("ridge-2-trekking-tent")]] }] },
  ],
};
