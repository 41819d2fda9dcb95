import { category, dislike, looks, type Story } from "../story.ts";

export const notTheseGames: Story = {
  title: "Two games that are not for somebody take their kind off the first places",
  days: [
    {
      day: 0,
      acts: [
        ...looks("beech-blocks-100", "magnet-tiles-60", "guilds-of-halvern"),
        dislike("guilds-of-halvern"),
        dislike("orbital-freight"),
      ],
      shelves: [
        {
          atLeast: [[3, category("Building", "Creative", "Soft toys")]],
          atMost: [[0, category("Board games")]],
        },
      ],
    },
  ],
};
