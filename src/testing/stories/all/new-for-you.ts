import { category, looks, type Story } from "../story.ts";

export const newForYou: Story = {
  title: "“New for you” begins with the department that was looked at",
  days: [
    {
      day: 0,
      acts: looks(
        "fog-on-platform-nine",
        "the-salt-road",
        "dotted-notebook-a5",
        "a-clock-for-dragons",
        "walking-home",
      ),
      shelves: [
        {
          request: { strategy: "new" },
          first: 3,
          atLeast: [[2, category("Books & Stationery")]],
        },
      ],
    },
  ],
};
