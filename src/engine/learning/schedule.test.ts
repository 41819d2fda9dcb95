import fc from "fast-check";
import { expect, it } from "vitest";
import { FIRST_INTERACTIONS, GROWTH, isDue } from "./schedule.ts";

it.each([
  [0, 0, false],
  [FIRST_INTERACTIONS - 1, 0, false],
  [FIRST_INTERACTIONS, 0, true],
  [30 + FIRST_INTERACTIONS - 1, 30, false],
  [30 + FIRST_INTERACTIONS, 30, true],
  [100 + 100 * GROWTH - 1, 100, false],
  [100 + 100 * GROWTH, 100, true],
  [3, 12, false],
])("with %i interactions, %i of them known, a training is due: %s", (interactions, known, due) => {
  expect(isDue(interactions, known)).toBe(due);
});

it("a due training stays due with more interactions, and is never due for known ones", () => {
  const count = fc.nat(10_000);
  fc.assert(
    fc.property(count, count, count, (known, fresh, more) => {
      if (isDue(known + fresh, known)) expect(isDue(known + fresh + more, known)).toBe(true);
      expect(isDue(known, known)).toBe(false);
    }),
    { seed: 12 },
  );
});
