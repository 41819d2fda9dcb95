import { category, look, type Story } from "../story.ts";

export const somebodyNew: Story = {
  title: "After one look half of the shelf is about it, and not all",
  days: [
    {
      day: 0,
      acts: [look("instant-camera-pop")],
      shelves: [{ atLeast: [[3, category("Gadgets & Audio")]] }],
    },
  ],
};
