import { afterEach, expect, it } from "vitest";
import { coffeeShopper } from "../../testing/fixtures.ts";
import { open, statusOf } from "../../testing/openRecommender.ts";
import { speak } from "../language/strings.ts";
import { priorNote } from "./priorNote.ts";
import { GLASS_TEXTS } from "./texts.ts";

afterEach(() => speak("en", []));

async function statusAfter(rounds: number) {
  const shop = await open();
  await shop.observe(coffeeShopper(rounds));
  await shop.train();
  return statusOf(shop);
}

it.each([1, 2, 3])(
  "claims no better prediction if the held-out loss fell and the shared weights stay (%d rounds)",
  async (rounds) => {
    const status = await statusAfter(rounds);
    const losses = status.lastTraining!.history.map(({ validationLoss }) => validationLoss!);
    expect(losses.at(-1)).toBeLessThan(losses[0]!);
    expect(status.network).toBe("prior");
    expect(priorNote(status)).toMatch(/not yet clear that your own weights rank better/);
    for (const wanted of ["en", "zh"] as const) {
      speak(wanted, []);
      const note = priorNote(status);
      expect(note).toBe(GLASS_TEXTS[wanted].network.priorKept);
      expect(note).not.toMatch(/predict|foretold|loss|held-out|预测|损失/i);
    }
  },
);

it("says nothing of shared weights once the shopper's own are in use, and before that when training starts", async () => {
  expect(priorNote(await statusAfter(12))).toBeUndefined();
  const untrained = await statusOf(await open({ databaseName: "new" }));
  expect(priorNote(untrained)).toBe(GLASS_TEXTS.en.network.untrained);
  expect(priorNote(undefined)).toBe(GLASS_TEXTS.en.network.untrained);
});
