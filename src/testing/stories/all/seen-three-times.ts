import { category, looks, type Story } from "../story.ts";

export const seenThreeTimes: Story = {
  title: "A shelf that was passed over three times has changed by a third, and keeps to the taste",
  open: "passing a card over lowers only its own history",
  days: [
    {
      day: 0,
      acts: looks(
        "aural-one-headphones",
        "bud-sport-earphones",
        "pebble-speaker",
        "shelf-speakers-pair",
      ),
      shown: 3,
      shelves: [{ isFresh: 1 / 3, atLeast: [[3, category("Gadgets & Audio")]] }],
    },
  ],
};
