import { category, look, type Story, search } from "../story.ts";

export const searchedFor: Story = {
  title: "What was searched for counts",
  open: "searches do not count",
  days: [
    {
      day: 0,
      acts: [look("the-salt-road"), search("espresso"), search("espresso machine")],
      shelves: [{ atLeast: [[2, category("Coffee & Tea")]] }],
    },
  ],
};
