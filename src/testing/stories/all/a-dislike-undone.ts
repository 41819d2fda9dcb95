import { category, dislike, looks, only, type Story } from "../story.ts";

export const aDislikeUndone: Story = {
  title: "Taking back “not for me” brings the product and its kind back",
  days: [
    {
      day: 0,
      acts: [
        ...looks("aural-one-headphones", "aural-studio-headphones"),
        dislike("basic-over-ear-headset"),
      ],
      shelves: [{ atMost: [[0, only("basic-over-ear-headset")]] }],
    },
    {
      day: 1,
      acts: [dislike("basic-over-ear-headset", false)],
      shelves: [
        {
          atLeast: [
            [1, only("basic-over-ear-headset")],
            [2, category("Headphones")],
          ],
        },
      ],
    },
  ],
};
