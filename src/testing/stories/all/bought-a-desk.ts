import { buy, category, looks, type Story } from "../story.ts";

const shelf = {
  atLeast: [[2, category("Chairs", "Screens and input", "Light and order")]],
  atMost: [[0, category("Desks")]],
} as const;

export const boughtADesk: Story = {
  title: "After a desk come chair, screen and lamp, and no second desk",
  open: "nothing yet tells instead-of from together-with",
  days: [
    {
      day: 0,
      acts: [...looks("rise-standing-desk-140", "rise-desk-frame"), buy("rise-standing-desk-140")],
      shelves: [shelf],
    },
    { day: 1, shelves: [shelf] },
    { day: 7, shelves: [shelf] },
  ],
};
